alter table "r_transfer" add column "unobserved" boolean;
