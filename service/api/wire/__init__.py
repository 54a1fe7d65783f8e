"""How requests and answers look, whatever they are about: bodies, tags, problems, pages, hosts."""
