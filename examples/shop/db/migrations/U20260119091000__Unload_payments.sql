-- Undoes: V20260119091000__Load_payments.sql
-- What became of these payments since goes with them; later payments stay.

DELETE FROM payments WHERE id BETWEEN 1 AND 10000;
