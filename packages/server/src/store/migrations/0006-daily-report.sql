create table "r_zero_report" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "day" date,
  "of" text,
  "note" text,
  "reason" text,
  primary key ("id", "county")
);

create unique index "r_zero_report_county_day_of_key" on "r_zero_report" ("county", "day", "of");

create index "r_zero_report_path_id_idx" on "r_zero_report" ("path", "id");

create index "r_zero_report_day_id_idx" on "r_zero_report" ("day", "id");

create table "r_daily_report" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "title" text,
  "day" date,
  "cut_off" timestamptz,
  "content" text,
  "hash" text,
  "balanced" boolean,
  "explanation" text,
  "replaces" uuid,
  "frozen_at" timestamptz,
  "reason" text,
  primary key ("id", "county")
);

create index "r_daily_report_path_id_idx" on "r_daily_report" ("path", "id");

create index "r_daily_report_day_id_idx" on "r_daily_report" ("day", "id");

create index "r_daily_report_replaces_idx" on "r_daily_report" ("replaces");

create table "r_public_bulletin" (
  "county" text collate "C" not null,
  "id" uuid not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "state" text collate "C" not null,
  "version" integer not null,
  "created_at" timestamptz not null,
  "changed_at" timestamptz not null,
  "last_event" uuid not null,
  "title" text,
  "day" date,
  "report" uuid,
  "text" text,
  "text_en" text,
  "figures" text,
  "hash" text,
  "published_at" timestamptz,
  "reason" text,
  primary key ("id", "county")
);

create index "r_public_bulletin_path_id_idx" on "r_public_bulletin" ("path", "id");

create index "r_public_bulletin_day_id_idx" on "r_public_bulletin" ("day", "id");

create index "r_public_bulletin_report_idx" on "r_public_bulletin" ("report");
