alter table "r_arrival" add column "held_back" boolean;

alter table "r_watch" add column "kind_ordered" boolean;

alter table "r_arrival" drop column "runs_measure";

alter table "r_arrival" drop column "runs_until";
