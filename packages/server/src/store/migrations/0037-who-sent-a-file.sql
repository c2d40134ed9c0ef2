-- Nothing was ever written to this table: the files were known by their hash alone.
alter table "attachments" drop constraint "attachments_pkey";

alter table "attachments" drop column "type", drop column "size";

alter table "attachments" add primary key ("hash", "actor");
