"""Recipe of the English pipeline that ships in `workers/english`; see README.md of this folder."""
