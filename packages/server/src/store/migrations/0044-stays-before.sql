create table "r_stay" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "watch" uuid,
  "site" uuid,
  "room" text,
  "left_on" date,
  primary key ("id", "county")
);

create index "r_stay_path_left_on_id_idx" on "r_stay" ("path", "left_on", "id");

create index "r_stay_left_on_id_falling" on "r_stay" ("left_on" desc nulls last, "id" desc);

create index "r_stay_watch_idx" on "r_stay" ("watch");

create index "r_stay_site_idx" on "r_stay" ("site");
