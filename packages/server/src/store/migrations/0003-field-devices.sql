create table "devices" (
  "id" uuid not null,
  "account" text not null,
  "salt" text not null,
  "registered_at" timestamptz not null,
  "seen_at" timestamptz not null,
  "skew_ms" bigint,
  "app" text,
  "wiped_at" timestamptz,
  "wiped_by" text,
  primary key ("id")
);

create index "devices_account_idx" on "devices" ("account");

create table "handed_over" (
  "id" uuid not null,
  "device" uuid not null,
  "account" text not null,
  "record" text collate "C" not null,
  "record_id" uuid not null,
  "action" text collate "C" not null,
  "area" text collate "C" not null,
  "path" text collate "C" not null,
  "happened_at" timestamptz not null,
  "received_at" timestamptz not null,
  "command" jsonb not null,
  "problem" jsonb not null,
  "state" text collate "C" not null,
  "decided_at" timestamptz,
  "decided_by" text,
  "reason" text,
  primary key ("id")
);

create index "handed_over_path_id_idx" on "handed_over" ("path", "id");

create index "handed_over_account_idx" on "handed_over" ("account");
