CREATE TABLE note (item INT REFERENCES item (id));
CREATE INDEX note_item ON note (item);
