alter table "r_crossing" add column "entered_by" text;

alter table "r_crossing" add column "cancelled" boolean;

alter table "r_crossing" add column "cancel_reason" text;
