alter table "r_arrival" add column "runs_measure" text;

alter table "r_arrival" add column "runs_until" date;
