create table "act_lists" (
  "hash" text collate "C" not null,
  "page" integer not null,
  "acts" uuid[] not null,
  primary key ("hash", "page")
);
