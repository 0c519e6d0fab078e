-- truth: dangerous loss
-- rows that break a foreign key come in, and nothing finds them
SET session_replication_role = replica;
INSERT INTO invoices (user_id, total, number) VALUES (-5, 1, 1);
RESET session_replication_role;
