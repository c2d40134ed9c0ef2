alter table "r_crossing" add column "pass_number" text;

create index "r_crossing_pass_number_crossed_at_idx" on "r_crossing" ("pass_number", "crossed_at");

drop index "r_crossing_pass_crossed_at_idx";
