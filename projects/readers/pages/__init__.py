"""Laid-out pages (PDF, scans) become blocks: lines, columns, running heads, paragraphs, hyphens, notes."""
