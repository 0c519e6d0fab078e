-- Migration: Add Payment Processing System
-- Author: Alex Rodriguez
-- Ticket: PAY-456
-- Dependencies: V022 (users table must exist)
-- Impact: ~500ms downtime for index creation
-- Rollback: U023__Remove_payment_processing_tables.sql

-- Create payments table with audit trail
CREATE TABLE payments (
    id BIGSERIAL PRIMARY KEY,
    uuid UUID DEFAULT gen_random_uuid() UNIQUE NOT NULL,
    user_id BIGINT NOT NULL REFERENCES users(id),
    amount DECIMAL(12,2) NOT NULL CHECK (amount > 0),
    currency VARCHAR(3) NOT NULL DEFAULT 'USD',
    status payment_status DEFAULT 'pending',
    provider VARCHAR(50) NOT NULL,
    provider_transaction_id VARCHAR(255),
    metadata JSONB DEFAULT '{}',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

-- Enum for payment status
CREATE TYPE payment_status AS ENUM (
    'pending', 'processing', 'completed',
    'failed', 'cancelled', 'refunded'
);

-- Performance indexes
CREATE INDEX CONCURRENTLY idx_payments_user_id ON payments(user_id);
CREATE INDEX CONCURRENTLY idx_payments_status ON payments(status);
CREATE INDEX CONCURRENTLY idx_payments_created_at ON payments(created_at);
CREATE INDEX CONCURRENTLY idx_payments_provider ON payments(provider, provider_transaction_id);
