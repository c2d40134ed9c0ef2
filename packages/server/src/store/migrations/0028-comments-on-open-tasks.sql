alter table "r_task" add column "comment" text;
