create table "r_list_check" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "list" text,
  "source" text,
  "line" integer,
  "outcome" text,
  "decision" text,
  "reason" text,
  "person" uuid,
  "watch" uuid,
  "asked_on" date,
  "due_on" date,
  "finding" text,
  "settled_on" date,
  "sealed" text,
  "sealed_names" jsonb,
  primary key ("id", "county")
);

create index "r_list_check_path_id_idx" on "r_list_check" ("path", "id");

create index "r_list_check_due_on_id_idx" on "r_list_check" ("due_on", "id");

create index "r_list_check_person_idx" on "r_list_check" ("person");

create index "r_list_check_watch_idx" on "r_list_check" ("watch");

create index "r_list_check_list_line_idx" on "r_list_check" ("list", "line");

create index "r_list_check_path_due_on_idx" on "r_list_check" ("path", "due_on");
