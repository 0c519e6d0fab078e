-- Undoes: V20260105092000__Load_customers.sql
-- What these customers changed since goes with them; customers who came later stay.

DELETE FROM user_profiles WHERE user_id BETWEEN 1 AND 50000;
DELETE FROM users WHERE id BETWEEN 1 AND 50000;
