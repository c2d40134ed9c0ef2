alter table "r_arrival" add column "gate_measure" text;

alter table "r_arrival" add column "gate_days" integer;

alter table "r_arrival" add column "gate_from" date;

alter table "r_watch" add column "asked_at" timestamptz;

alter table "r_transit" add column "listed" boolean;
