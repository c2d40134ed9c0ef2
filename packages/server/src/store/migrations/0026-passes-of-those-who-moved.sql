alter table "r_pass" add column "moved_away" boolean;
