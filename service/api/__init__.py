"""The HTTP face: Flask application, schemas, problems, one file per resource."""
