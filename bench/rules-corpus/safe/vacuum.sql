-- truth: safe
VACUUM ANALYZE accounts;
