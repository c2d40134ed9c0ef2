alter table "r_watch" add column "former_site" uuid;

alter table "r_watch" add column "former_room" text;

alter table "r_watch" add column "left_site_on" date;

create index "r_watch_former_site_filled" on "r_watch" ("former_site") where "former_site" is not null;
