-- What is due of what waits to be delivered: the worker begins here, and does not walk what waits for later (0035).
CREATE INDEX webhook_message_due ON webhook_message (next_at) WHERE state = 'waiting';
