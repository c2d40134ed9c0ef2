alter table "r_watch" add column "kept_by" uuid;

alter table "r_watch" add column "joined" uuid;

create index "r_watch_kept_by_filled" on "r_watch" ("kept_by") where "kept_by" is not null;

create index "r_watch_joined_filled" on "r_watch" ("joined") where "joined" is not null;
