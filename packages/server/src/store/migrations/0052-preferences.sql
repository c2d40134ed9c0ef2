create table "preferences" (
  "account" text not null,
  "name" text not null,
  "value" jsonb not null,
  "changed_at" timestamptz not null,
  primary key ("account", "name")
);
