"""The commands of the shell, a module each: ``add_parser`` declares one and ``run`` runs it."""
