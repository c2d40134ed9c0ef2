alter table "r_watch" add column "confirmed_on" date;
