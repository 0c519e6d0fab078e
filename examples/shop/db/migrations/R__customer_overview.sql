-- Purpose: what the support desk sees of a customer
-- Author: Alex Rodriguez <alex@shop.example>
-- Ticket: SHOP-125
-- Dependencies: V20260105090000, V20260119090000
-- Impact: none, only the view changes

CREATE OR REPLACE VIEW customer_overview AS
SELECT users.id,
       users.username,
       users.email,
       users.created_at AS customer_since,
       paid.times AS times_paid,
       paid.last_at AS last_paid_at
FROM users,
     LATERAL (SELECT count(*) AS times, max(payments.created_at) AS last_at
              FROM payments
              WHERE payments.user_id = users.id AND payments.status = 'completed') AS paid;
