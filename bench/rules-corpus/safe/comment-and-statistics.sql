-- truth: safe
COMMENT ON TABLE users IS 'People';
CREATE STATISTICS users_names ON name, nick FROM users;
ANALYZE users;
