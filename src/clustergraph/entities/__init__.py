"""Pages of things: lists of panels, each filled by a query file, made ready for a template and nothing more."""
