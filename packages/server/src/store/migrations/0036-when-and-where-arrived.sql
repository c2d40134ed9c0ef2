alter table "r_transit" add column "crossed_at" timestamptz;

alter table "r_transit" add column "arrived_on" date;

alter table "r_transit" add column "unplaced" boolean;

alter table "r_transit" add column "village" text;
