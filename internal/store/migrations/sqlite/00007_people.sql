-- +goose StatementBegin
CREATE TRIGGER access_log_stays BEFORE UPDATE ON access_log BEGIN SELECT RAISE(ABORT, 'rows of access_log are only added'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER access_log_remains BEFORE DELETE ON access_log BEGIN SELECT RAISE(ABORT, 'rows of access_log are only added'); END;
-- +goose StatementEnd
