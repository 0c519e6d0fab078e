-- truth: safe
CREATE TABLE hits (id bigint, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE hits_2025 PARTITION OF hits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE hits_rest PARTITION OF hits DEFAULT;
CREATE INDEX hits_at_idx ON hits (at);
