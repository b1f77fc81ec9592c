"""What is computed from a document and kept nowhere: rows, frames, Markdown, HTML."""
