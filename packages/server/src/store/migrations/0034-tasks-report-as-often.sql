alter table "r_task" add column "frequency" text;

alter table "r_task" add column "report_due" date;
