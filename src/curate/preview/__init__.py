"""The site of a corpus that is being edited, beside what the checks find: `curate preview`."""
