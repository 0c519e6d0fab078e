-- Undoes: V20260302093000__Save_old_names.sql
-- Nothing is lost: user_profiles has the columns again when this runs.

DROP TABLE saved_user_names;
