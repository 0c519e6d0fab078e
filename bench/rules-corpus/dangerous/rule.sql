-- truth: dangerous breaks-clients
-- DELETE ... RETURNING fails, other deletes do nothing
CREATE RULE logs_stay AS ON DELETE TO logs DO INSTEAD NOTHING;
