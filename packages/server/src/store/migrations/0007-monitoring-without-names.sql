-- Who is in charge of somebody stands with the assignments; nothing of observation names a person.
alter table "r_watch" drop column "cadre";

alter table "r_watch" drop column "grid_worker";

alter table "r_watch" drop column "doctor";
