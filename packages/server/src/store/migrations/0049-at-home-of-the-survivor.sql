alter table "r_watch" add column "at_survivor" boolean;
