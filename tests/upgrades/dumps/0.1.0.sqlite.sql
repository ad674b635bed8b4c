BEGIN TRANSACTION;
CREATE TABLE action_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	session_id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	author_id INTEGER NOT NULL, 
	text TEXT, 
	due_on DATE NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	made_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	CONSTRAINT fk_action_item_author_id_person FOREIGN KEY(author_id) REFERENCES person (id), 
	CONSTRAINT fk_action_item_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id), 
	CONSTRAINT fk_action_item_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT ck_action_item_state CHECK (state IN ('open', 'done', 'dropped'))
);
INSERT INTO "action_item" VALUES(1,1,1,1,'gAAAAABrAo6ySXjyhauxInk53vY3uP22PPQbCCg0TEcBXVQ1eps2lrLg0_XTM4cLWvuG2V8zBkj2tuFB1KrjPH8-bZDR7xXvdw==','2026-11-23','open','2026-11-23 10:00:00.000000',NULL);
INSERT INTO "action_item" VALUES(2,1,2,2,'gAAAAABrAo6yHNIXKGGySh1outjejjv-iiLpmJ5wd6c4POZjsORP4fR9Z-tdxT1x2Bd_OkCBgC8Pr1MUVH1JrfZ0VQJXlX3qTw==','2026-11-23','open','2026-11-23 10:00:00.000000',NULL);
CREATE TABLE agenda (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	session_id INTEGER NOT NULL, 
	content TEXT, 
	version INTEGER NOT NULL, 
	written_at DATETIME NOT NULL, 
	points TEXT, 
	answered_at DATETIME, 
	answered_version INTEGER, 
	CONSTRAINT fk_agenda_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT uq_agenda_session_id UNIQUE (session_id)
);
INSERT INTO "agenda" VALUES(1,1,'gAAAAABrAo6y4fgiAON4iqKoNT6inv0PAWPr4gGQsInQxkPa_vmqRbrti7Oxizckh0aCICV_SpYcEdq_z7ETTfJ4Kx0q_RmNZJHRc_6_ymY39DhAvruvsfxYuoSkVZK-Lsv1_tIF-kIlf5UnmBbjZM0l3oBfCK4qNX2feHjgcTQqBp-1Nr56w8lM1SXvM0_YLns-qAmfN_LOITq5PdXvNikIziBscqM-CQ==',1,'2026-11-16 10:00:00.000000','gAAAAABrAo6yvtzBwW8ukiZ96QPne7eq086EXtmLwNZbljk9LHuwqUwmCEnA2rDiyDSAd7WaoRBZkFQy5jISKNG6hpt-IUgG61KVtQWVM04z590ktt7C5aI=',NULL,NULL);
INSERT INTO "agenda" VALUES(2,2,'gAAAAABrAo6yHxjA8wLHlzR9jpZiviTAupts4Xh62XycVi_GorjCA7pCcAttTfiDKETSdMIjIes1az_rx6RPlN71fQ5y-8CuU1f8yHOQuwhNeltgcI2S8ccurRLdKkDEbLOR7TtmBpDiWLUyRqZRnImc8GZ2Y81Zm7pScmTaaKjnx4wIG8nBkyOHtL-fcx856YAXQqXfuAIVwgtHtDwG17S0kd8iPwtTEw==',1,'2026-11-16 10:00:00.000000','gAAAAABrAo6yHXp7xF0O2UwOdO5VwGbdTkGUjsZjkMA0uXDGhAT9UJ5W7BlQx-CTOHcCQpW8XSZeW97771t39_JfJYVJIqsufw==',NULL,NULL);
CREATE TABLE agreement (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	relationship_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	content TEXT, 
	every VARCHAR(32) NOT NULL, 
	length_minutes INTEGER NOT NULL, 
	months INTEGER NOT NULL, 
	agenda_ahead BOOLEAN NOT NULL, 
	by_id INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	mentor_signed_at DATETIME, 
	mentee_signed_at DATETIME, 
	CONSTRAINT ck_agreement_length CHECK (length_minutes IN (15, 30, 45, 60)), 
	CONSTRAINT ck_agreement_months_range CHECK (months BETWEEN 1 AND 12), 
	CONSTRAINT fk_agreement_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_agreement_relationship_id_relationship FOREIGN KEY(relationship_id) REFERENCES relationship (id), 
	CONSTRAINT uq_agreement_relationship_id_version UNIQUE (relationship_id, version), 
	CONSTRAINT ck_agreement_every CHECK (every IN ('none', 'week', 'two_weeks', 'four_weeks', 'month'))
);
INSERT INTO "agreement" VALUES(1,1,1,'gAAAAABrAo6ySR8UWbo1KuNeQ6R_Vjg0wdmdppip_A3p__d7dRwK1QxZYOieEaMMnDfy2Vb2r7CElP8i3oFZQ3EAwN6eFhCTWAxfy10oeoHfcg-QPpN2_rI=','month',60,6,1,1,'2026-11-16 10:00:00.000000',NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE answer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	session_id INTEGER NOT NULL, 
	"plan" INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	outcome VARCHAR(32) NOT NULL, 
	answered_at DATETIME NOT NULL, 
	CONSTRAINT fk_answer_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_answer_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT uq_answer_session_id_plan_person_id UNIQUE (session_id, "plan", person_id), 
	CONSTRAINT ck_answer_outcome CHECK (outcome IN ('yes', 'no', 'not_yet'))
);
INSERT INTO "answer" VALUES(1,1,1,1,'yes','2026-11-16 10:00:00.000000');
INSERT INTO "answer" VALUES(2,1,1,2,'yes','2026-11-16 10:00:00.000000');
CREATE TABLE apart (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT fk_apart_other_id_person FOREIGN KEY(other_id) REFERENCES person (id), 
	CONSTRAINT fk_apart_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_apart_person_id_other_id UNIQUE (person_id, other_id)
);
INSERT INTO "apart" VALUES(1,1,3,'2026-11-16 10:00:00.000000');
INSERT INTO "apart" VALUES(2,3,1,'2026-11-16 10:00:00.000000');
CREATE TABLE draft (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	person_id INTEGER NOT NULL, 
	text TEXT, 
	made_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT fk_draft_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "draft" VALUES(1,1,'gAAAAABrAo6yHI6uNsS7PcHBpS-7TUHASWSGXlCMRbWIeHvMDkDxEwA20HTfBMJQimNAs-0n3vf9mS5a3D5ms08LFE5slWOfug==','2026-11-16 10:00:00.000000',NULL);
CREATE TABLE enrolment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	areas JSON NOT NULL, 
	topics VARCHAR NOT NULL, 
	capacity INTEGER NOT NULL, 
	taster_only BOOLEAN NOT NULL, 
	formats JSON NOT NULL, 
	windows JSON NOT NULL, 
	waiting INTEGER NOT NULL, 
	ended_at DATETIME, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT ck_enrolment_capacity_range CHECK (capacity BETWEEN 0 AND 31), 
	CONSTRAINT ck_enrolment_waiting_counts CHECK (waiting >= 0), 
	CONSTRAINT fk_enrolment_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_enrolment_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT uq_enrolment_programme_id_person_id_role UNIQUE (programme_id, person_id, role), 
	CONSTRAINT ck_enrolment_role CHECK (role IN ('mentor', 'mentee'))
);
INSERT INTO "enrolment" VALUES(1,1,2,'mentor','[]','',2,0,'[]','[]',0,NULL,'2026-11-23 10:00:00.000000');
INSERT INTO "enrolment" VALUES(2,1,1,'mentor','["writing"]','ada: topics',1,0,'[]','["tue_am"]',0,NULL,'2026-11-16 10:00:00.000000');
CREATE TABLE feedback (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	session_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	rating INTEGER NOT NULL, 
	text TEXT, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT ck_feedback_rating_range CHECK (rating BETWEEN 1 AND 5), 
	CONSTRAINT fk_feedback_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_feedback_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT uq_feedback_session_id_person_id UNIQUE (session_id, person_id)
);
INSERT INTO "feedback" VALUES(1,1,1,4,'gAAAAABrAo6yY0taxh5EGWGCevszLfWLLbvLLvCfXh8xMGphPjyC3I_I_-MZSN3VbbbxGeyWhocLRM0ztVoVGPpS1f0qY5EbRw==','2026-11-16 10:00:00.000000');
INSERT INTO "feedback" VALUES(2,1,2,4,'gAAAAABrAo6yAKmC48QrWnQYwxoLRWyrDpun19Paw-nGFjNF_KAbMHANIriNEHX7Cjv9qQYfmbdGxFpPClpudgP_7ZIIk7iYq0993IX_t1Oq-zosFfSX4Zc=','2026-11-16 10:00:00.000000');
CREATE TABLE go_on (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	session_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	wishes TEXT, 
	answered_at DATETIME NOT NULL, 
	revealed_at DATETIME, 
	CONSTRAINT fk_go_on_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_go_on_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT uq_go_on_session_id_person_id UNIQUE (session_id, person_id)
);
INSERT INTO "go_on" VALUES(1,1,1,'gAAAAABrAo6yd_2iN7r4TMejXF-fUKlMSTEnBNWEiT_nF4GiJJ32YXrk8RrqeVts3PmsYSCtcW9u0jt4Zu5cAL0iFK4DqMQEKw==','2026-11-16 10:00:00.000000',NULL);
INSERT INTO "go_on" VALUES(2,1,2,'gAAAAABrAo6yaYBUErH2_g40e7_El-8_GAa_EemSxfQaDVyJ6VG2oLVbPhoKaD3I9A4dn4nO7U76lAKNENYnaDyCWMTHAvAjNf6y6s1L6En2L_GXZ9F5VxE=','2026-11-16 10:00:00.000000',NULL);
CREATE TABLE installation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	slack_id VARCHAR NOT NULL, 
	is_org BOOLEAN NOT NULL, 
	enterprise_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	app_id VARCHAR NOT NULL, 
	bot_user_id VARCHAR NOT NULL, 
	scopes VARCHAR NOT NULL, 
	token TEXT, 
	installed_by VARCHAR NOT NULL, 
	installed_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	version INTEGER NOT NULL, 
	CONSTRAINT ck_installation_token CHECK ((token IS NULL) = (revoked_at IS NOT NULL)), 
	CONSTRAINT uq_installation_slack_id UNIQUE (slack_id)
);
CREATE TABLE job (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR(32) NOT NULL, 
	dedupe_key VARCHAR NOT NULL, 
	workspace_id INTEGER NOT NULL, 
	recipient_id INTEGER, 
	request_id INTEGER, 
	offer_id INTEGER, 
	session_id INTEGER, 
	action_id INTEGER, 
	draft_id INTEGER, 
	programme_id INTEGER, 
	round_id INTEGER, 
	referral_id INTEGER, 
	tie_id INTEGER, 
	relationship_id INTEGER, 
	import_id INTEGER, 
	"plan" INTEGER, 
	note VARCHAR, 
	rank SMALLINT NOT NULL, 
	due_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	state VARCHAR(32) NOT NULL, 
	revision INTEGER NOT NULL, 
	said_revision INTEGER NOT NULL, 
	attempts INTEGER NOT NULL, 
	leased_by VARCHAR, 
	leased_until DATETIME, 
	slack_channel VARCHAR, 
	slack_ts VARCHAR, 
	said_at DATETIME, 
	snoozed_until DATETIME, 
	reason VARCHAR, 
	reference VARCHAR, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT fk_job_action_id_action_item FOREIGN KEY(action_id) REFERENCES action_item (id), 
	CONSTRAINT fk_job_draft_id_draft FOREIGN KEY(draft_id) REFERENCES draft (id), 
	CONSTRAINT fk_job_import_id_people_import FOREIGN KEY(import_id) REFERENCES people_import (id), 
	CONSTRAINT fk_job_offer_id_offer FOREIGN KEY(offer_id) REFERENCES offer (id), 
	CONSTRAINT fk_job_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_job_recipient_id_person FOREIGN KEY(recipient_id) REFERENCES person (id), 
	CONSTRAINT fk_job_referral_id_referral FOREIGN KEY(referral_id) REFERENCES referral (id), 
	CONSTRAINT fk_job_relationship_id_relationship FOREIGN KEY(relationship_id) REFERENCES relationship (id), 
	CONSTRAINT fk_job_request_id_request FOREIGN KEY(request_id) REFERENCES request (id), 
	CONSTRAINT fk_job_round_id_round FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_job_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_job_tie_id_tie FOREIGN KEY(tie_id) REFERENCES tie (id), 
	CONSTRAINT fk_job_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT uq_job_dedupe_key UNIQUE (dedupe_key), 
	CONSTRAINT ck_job_kind CHECK (kind IN ('request_receipt', 'request_news', 'request_retry', 'offer', 'offer_reminder', 'offer_expiry', 'mentor_welcome', 'proposal', 'referral_ask', 'referral_expiry', 'board_card', 'referral_card', 'referral_news', 'intro_three', 'intro_followup', 'introduction', 'checklist', 'agenda_ask', 'slots', 'time_nudge', 'time_set', 'time_unset', 'calendar_file', 'session_cancelled', 'somebody_else', 'moved_often', 'checklist_nudge', 'agenda_saved', 'agenda_card', 'agenda_nudge', 'agenda_answered', 'agenda_missing', 'reminder_day', 'reminder_soon', 'start_card', 'five_minutes', 'outcome_ask', 'outcome_nudge', 'outcome_deadline', 'outcome_thanks', 'action_ask', 'action_saved', 'action_due', 'action_followup', 'thanks_ask', 'thanks_nudge', 'thanks_saved', 'thanks_card', 'public_thanks', 'go_on_ask', 'go_on_deadline', 'go_on_news', 'feedback_ask', 'close', 'erase', 'prompt_choice', 'plain_answer', 'action_list', 'pause_card', 'paused_silent', 'series', 'series_stage', 'task_due', 'programme_card', 'enrolment_card', 'lead_news', 'leaderless', 'round_announce', 'round_notice', 'round_review', 'round_run', 'round_pairs', 'round_left', 'round_open', 'unmatched', 'late_round', 'rota', 'rota_soon', 'rota_after', 'report_card', 'report_files', 'people_file', 'import_read', 'import_card', 'own_file', 'forget', 'forgotten', 'blanked', 'last_traces', 'workspace_forget', 'keep_turn', 'keep_in_touch', 'formal_ask', 'formal_news', 'agreement_card', 'agreement_nudge', 'agreement_signed', 'relationship_turn', 'review_card', 'momentum', 'momentum_again', 'end_card')), 
	CONSTRAINT ck_job_state CHECK (state IN ('pending', 'done', 'skipped', 'dead'))
);
INSERT INTO "job" VALUES(1,'agenda_saved','test:4',1,1,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-23 10:00:00.000000',NULL,'done',1,1,0,NULL,NULL,'DADA','1.0','2026-11-16 10:00:00.000000',NULL,NULL,NULL,'2026-11-23 10:00:00.000000');
INSERT INTO "job" VALUES(2,'mentor_welcome','test:5',1,1,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'2026-11-23 10:00:00.000000',NULL,'done',1,1,0,NULL,NULL,'DADA','1.1','2026-11-16 10:00:00.000000',NULL,NULL,NULL,'2026-11-23 10:00:00.000000');
CREATE TABLE lead (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT fk_lead_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_lead_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT uq_lead_programme_id_person_id UNIQUE (programme_id, person_id)
);
INSERT INTO "lead" VALUES(1,1,1,'2026-11-16 10:00:00.000000');
CREATE TABLE "match" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	request_id INTEGER, 
	round_id INTEGER, 
	relationship_id INTEGER, 
	tie_id INTEGER, 
	mentor_id INTEGER NOT NULL, 
	mentee_id INTEGER NOT NULL, 
	reasons JSON NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT ck_match_one_origin CHECK (CASE WHEN request_id IS NULL THEN 0 ELSE 1 END + CASE WHEN round_id IS NULL THEN 0 ELSE 1 END + CASE WHEN relationship_id IS NULL THEN 0 ELSE 1 END + CASE WHEN tie_id IS NULL THEN 0 ELSE 1 END = 1), 
	CONSTRAINT fk_match_mentee_id_person FOREIGN KEY(mentee_id) REFERENCES person (id), 
	CONSTRAINT fk_match_mentor_id_person FOREIGN KEY(mentor_id) REFERENCES person (id), 
	CONSTRAINT fk_match_relationship_id_relationship FOREIGN KEY(relationship_id) REFERENCES relationship (id), 
	CONSTRAINT fk_match_request_id_request FOREIGN KEY(request_id) REFERENCES request (id), 
	CONSTRAINT fk_match_round_id_round FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_match_tie_id_tie FOREIGN KEY(tie_id) REFERENCES tie (id), 
	CONSTRAINT uq_match_request_id UNIQUE (request_id)
);
INSERT INTO "match" VALUES(1,1,NULL,NULL,NULL,2,1,'[]','2026-11-23 10:00:00.000000');
INSERT INTO "match" VALUES(2,2,NULL,NULL,NULL,1,2,'[]','2026-11-23 10:00:00.000000');
INSERT INTO "match" VALUES(3,NULL,1,NULL,NULL,2,1,'[{"key": "near", "facts": {"location": "ada: near"}}]','2026-11-16 10:00:00.000000');
CREATE TABLE oauth_state (
	state_hash VARCHAR NOT NULL, 
	browser_hash VARCHAR NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_oauth_state PRIMARY KEY (state_hash)
);
CREATE TABLE offer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	request_id INTEGER NOT NULL, 
	mentor_id INTEGER NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	reasons JSON NOT NULL, 
	suitability INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	decided_at DATETIME, 
	proposed_minutes INTEGER, 
	words TEXT, 
	CONSTRAINT fk_offer_mentor_id_person FOREIGN KEY(mentor_id) REFERENCES person (id), 
	CONSTRAINT fk_offer_request_id_request FOREIGN KEY(request_id) REFERENCES request (id), 
	CONSTRAINT uq_offer_request_id_mentor_id UNIQUE (request_id, mentor_id), 
	CONSTRAINT ck_offer_state CHECK (state IN ('pending', 'proposed', 'accepted', 'declined', 'expired', 'withdrawn'))
);
INSERT INTO "offer" VALUES(1,3,2,'declined','[]',0,'2026-11-23 10:00:00.000000','2026-11-25 10:00:00.000000',NULL,NULL,'gAAAAABrAo6yoRPtKrrEzRh_7kNG0dO-9C03CPUEH3TxxNESojFyXFayESPNpIRpI266UhsyhxeiviZgs9IkthPxu5_bSUrCZJpuAcWNjEdFtZxoT6_AW5E=');
INSERT INTO "offer" VALUES(2,4,1,'declined','[{"key": "near", "facts": {"location": "ada: near"}}]',0,'2026-11-23 10:00:00.000000','2026-11-25 10:00:00.000000',NULL,NULL,'gAAAAABrAo6yAuZOVyBqLG81PK7-x7_83YdujkwtKv_XpBLEXhRzscKEzc1OYtD6PhW6_-c1m9kNzBHi1xNCOq6hP2NqOt4fNg==');
INSERT INTO "offer" VALUES(3,5,1,'declined','[]',0,'2026-11-23 10:00:00.000000','2026-11-25 10:00:00.000000',NULL,NULL,NULL);
CREATE TABLE pace (
	team_id VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	free FLOAT NOT NULL, 
	free_for_people FLOAT NOT NULL, 
	paused_until FLOAT NOT NULL, 
	paused_for FLOAT NOT NULL, 
	ahead FLOAT NOT NULL, 
	CONSTRAINT pk_pace PRIMARY KEY (team_id, method)
);
CREATE TABLE people_import (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	by_id INTEGER NOT NULL, 
	file VARCHAR NOT NULL, 
	rows TEXT, 
	problems TEXT, 
	counts JSON NOT NULL, 
	failure VARCHAR, 
	made_at DATETIME NOT NULL, 
	read_at DATETIME, 
	taken_at DATETIME, 
	discarded_at DATETIME, 
	CONSTRAINT fk_people_import_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_people_import_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id)
);
INSERT INTO "people_import" VALUES(1,1,2,'F1','gAAAAABrAo6yxoTUTdnHg19-W7dUKM2SuatrDbnXA03DTj08xtUHdVPw7OuJ7Eqsm-1OxdPRuIA23c1FBUHiDm8HhaQDgFOB3jU4G21WccLSAR77DKj15BR2Jm8al6OUtBTR3kV3p-V8XleHXuArPyPug4Q3woRQo7cKgts0JwmslxI6Xdj-LCTU3j23-BmFz6dpYfqvIB2j',NULL,'{}',NULL,'2026-11-16 10:00:00.000000',NULL,NULL,NULL);
INSERT INTO "people_import" VALUES(2,1,1,'F2','gAAAAABrAo6yBfL4UUkERl8WW2lBoFDIjFu9MsmxnS5-YChiLJkF8YI110me0_Oh3-mwiD9MvlPCTsBACvjYmE8Ok03CmVHqJQ==',NULL,'{}',NULL,'2026-11-16 10:00:00.000000',NULL,NULL,NULL);
CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	workspace_id INTEGER NOT NULL, 
	slack_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	locale VARCHAR NOT NULL, 
	is_bot BOOLEAN NOT NULL, 
	is_guest BOOLEAN NOT NULL, 
	is_deleted BOOLEAN NOT NULL, 
	is_admin BOOLEAN NOT NULL, 
	opens_at TIME NOT NULL, 
	closes_at TIME NOT NULL, 
	hours_are_own BOOLEAN NOT NULL, 
	away_until DATETIME, 
	department VARCHAR NOT NULL, 
	seniority INTEGER, 
	languages JSON NOT NULL, 
	location VARCHAR NOT NULL, 
	country VARCHAR NOT NULL, 
	manager_id INTEGER, 
	windows JSON NOT NULL, 
	booking_url VARCHAR NOT NULL, 
	silences INTEGER NOT NULL, 
	dm_channel VARCHAR, 
	paused_at DATETIME, 
	paused_until DATETIME, 
	refreshed_at DATETIME NOT NULL, 
	forgotten_at DATETIME, 
	CONSTRAINT ck_person_seniority_range CHECK (seniority BETWEEN 1 AND 6), 
	CONSTRAINT fk_person_manager_id_person FOREIGN KEY(manager_id) REFERENCES person (id), 
	CONSTRAINT fk_person_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT uq_person_workspace_id_slack_id UNIQUE (workspace_id, slack_id)
);
INSERT INTO "person" VALUES(1,1,'UADA','Ada Adeyemi','ada: title','Europe/London','en-GB',0,0,0,1,'09:00:00.000000','17:00:00.000000',0,NULL,'ada: department',3,'["en", "de"]','ada: location','GB',NULL,'["thu_pm"]','https://ada.example',0,'DADA',NULL,NULL,'2026-11-23 10:00:00.000000',NULL);
INSERT INTO "person" VALUES(2,1,'UBRUNO','Bruno Costa','','Europe/London','',0,0,0,0,'09:00:00.000000','17:00:00.000000',0,NULL,'',NULL,'[]','','',1,'[]','',0,NULL,NULL,NULL,'2026-11-23 10:00:00.000000',NULL);
INSERT INTO "person" VALUES(3,1,'UCHEN','Chen Wei','','Europe/London','',0,0,0,0,'09:00:00.000000','17:00:00.000000',0,NULL,'',NULL,'[]','','',NULL,'[]','',0,NULL,NULL,NULL,'2026-11-23 10:00:00.000000',NULL);
CREATE TABLE place (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	mentor_id INTEGER NOT NULL, 
	month VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	offer_id INTEGER, 
	match_id INTEGER, 
	CONSTRAINT fk_place_match_id_match FOREIGN KEY(match_id) REFERENCES "match" (id), 
	CONSTRAINT fk_place_mentor_id_person FOREIGN KEY(mentor_id) REFERENCES person (id), 
	CONSTRAINT fk_place_offer_id_offer FOREIGN KEY(offer_id) REFERENCES offer (id), 
	CONSTRAINT fk_place_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT uq_place_programme_id_mentor_id_month_number UNIQUE (programme_id, mentor_id, month, number)
);
INSERT INTO "place" VALUES(1,1,1,'2026-11',1,NULL,NULL);
CREATE TABLE programme (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	workspace_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	channel VARCHAR, 
	announcement VARCHAR NOT NULL, 
	contacts VARCHAR NOT NULL, 
	kinds JSON NOT NULL, 
	shape VARCHAR(32) NOT NULL, 
	round_kind VARCHAR(32) NOT NULL, 
	every VARCHAR(32) NOT NULL, 
	weekday INTEGER NOT NULL, 
	month_day INTEGER NOT NULL, 
	runs_at TIME NOT NULL, 
	zone VARCHAR NOT NULL, 
	starts_on DATE, 
	open_board BOOLEAN NOT NULL, 
	is_opt_in BOOLEAN NOT NULL, 
	approval VARCHAR(32) NOT NULL, 
	length_minutes INTEGER NOT NULL, 
	capacity INTEGER NOT NULL, 
	must_differ JSON NOT NULL, 
	must_share JSON NOT NULL, 
	repeat_window INTEGER NOT NULL, 
	weights JSON NOT NULL, 
	with_trios BOOLEAN NOT NULL, 
	country VARCHAR NOT NULL, 
	opens_at TIME NOT NULL, 
	closes_at TIME NOT NULL, 
	retention_days INTEGER NOT NULL, 
	leads_channel VARCHAR, 
	archived_at DATETIME, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT ck_programme_length CHECK (length_minutes IN (15, 30, 45, 60)), 
	CONSTRAINT ck_programme_month_day_range CHECK (month_day BETWEEN 1 AND 31), 
	CONSTRAINT ck_programme_opens_before_closing CHECK (opens_at < closes_at), 
	CONSTRAINT ck_programme_retention_positive CHECK (retention_days > 0), 
	CONSTRAINT ck_programme_weekday_range CHECK (weekday BETWEEN 0 AND 4), 
	CONSTRAINT fk_programme_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT uq_programme_workspace_id_channel UNIQUE (workspace_id, channel), 
	CONSTRAINT ck_programme_shape CHECK (shape IN ('pairs', 'peers', 'groups')), 
	CONSTRAINT ck_programme_round_kind CHECK (round_kind IN ('flash', 'spot', 'reverse', 'keep_in_touch')), 
	CONSTRAINT ck_programme_every CHECK (every IN ('none', 'week', 'two_weeks', 'four_weeks', 'month')), 
	CONSTRAINT ck_programme_approval CHECK (approval IN ('lead', 'automatic'))
);
INSERT INTO "programme" VALUES(1,1,'Open',NULL,'','','[]','pairs','flash','none',1,1,'10:00:00.000000','UTC',NULL,0,0,'lead',30,1,'[]','[]',4,'{}',1,'','09:00:00.000000','17:00:00.000000',90,NULL,NULL,'2026-11-23 10:00:00.000000');
CREATE TABLE programme_draft (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	workspace_id INTEGER NOT NULL, 
	channel VARCHAR NOT NULL, 
	by_id INTEGER NOT NULL, 
	form JSON NOT NULL, 
	made_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT fk_programme_draft_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_programme_draft_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);
INSERT INTO "programme_draft" VALUES(1,1,'C1',1,'{"name": "ada: programme"}','2026-11-16 10:00:00.000000',NULL);
CREATE TABLE programme_series (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	content JSON NOT NULL, 
	version INTEGER NOT NULL, 
	by_id INTEGER NOT NULL, 
	edited_at DATETIME NOT NULL, 
	CONSTRAINT fk_programme_series_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_programme_series_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT uq_programme_series_programme_id UNIQUE (programme_id)
);
INSERT INTO "programme_series" VALUES(1,1,'{}',1,1,'2026-11-16 10:00:00.000000');
CREATE TABLE receipt (
	"key" VARCHAR NOT NULL, 
	received_at DATETIME NOT NULL, 
	CONSTRAINT pk_receipt PRIMARY KEY ("key")
);
CREATE TABLE referral (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	workspace_id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	request_id INTEGER, 
	session_id INTEGER, 
	from_id INTEGER NOT NULL, 
	to_id INTEGER NOT NULL, 
	for_id INTEGER NOT NULL, 
	words TEXT, 
	state VARCHAR(32) NOT NULL, 
	channel VARCHAR, 
	made_at DATETIME NOT NULL, 
	settled_at DATETIME, 
	CONSTRAINT ck_referral_somebody_else CHECK (to_id <> for_id AND to_id <> from_id), 
	CONSTRAINT fk_referral_for_id_person FOREIGN KEY(for_id) REFERENCES person (id), 
	CONSTRAINT fk_referral_from_id_person FOREIGN KEY(from_id) REFERENCES person (id), 
	CONSTRAINT fk_referral_request_id_request FOREIGN KEY(request_id) REFERENCES request (id), 
	CONSTRAINT fk_referral_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_referral_to_id_person FOREIGN KEY(to_id) REFERENCES person (id), 
	CONSTRAINT fk_referral_workspace_id_workspace FOREIGN KEY(workspace_id) REFERENCES workspace (id), 
	CONSTRAINT uq_referral_request_id_to_id UNIQUE (request_id, to_id), 
	CONSTRAINT ck_referral_kind CHECK (kind IN ('instead', 'introduction')), 
	CONSTRAINT ck_referral_state CHECK (state IN ('named', 'agreed', 'accepted', 'declined', 'dropped'))
);
INSERT INTO "referral" VALUES(1,1,'introduction',NULL,1,1,3,2,'gAAAAABrAo6yRuI2jix9BkdMWYYDTa8vkeMmkov3YtPefLVn8mIQ3U4PGMuzYjlKA9lJA9W4D287axe1itXfWmcwK4LttQ7Mcg==','named',NULL,'2026-11-16 10:00:00.000000',NULL);
INSERT INTO "referral" VALUES(2,1,'introduction',NULL,1,2,1,3,'gAAAAABrAo6yQuxjIa3fJJWvpThlRMp0uwoMpA8R2gufiSI2I1-pf0gXoBEdMdaHzaFD9V9JCGLVok4MNS5EKD_LTWHIMLH-5oF27LTq2TIxt7rF3u6_Zoo=','accepted',NULL,'2026-11-16 10:00:00.000000',NULL);
INSERT INTO "referral" VALUES(3,1,'introduction',NULL,1,3,1,2,'gAAAAABrAo6y5oW3mTof4OxEuD2rYtVft2kLJjKfhc0jhenEU9eU5YleDN3EpD7kgVieAsEPJFiXHpOcFyhTPCxJ2FbO-IZve5NkqLcdOe8gj0Bjw3W3KYc=','named',NULL,'2026-11-16 10:00:00.000000',NULL);
CREATE TABLE relationship (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	mentor_id INTEGER NOT NULL, 
	mentee_id INTEGER NOT NULL, 
	area VARCHAR NOT NULL, 
	series VARCHAR NOT NULL, 
	series_on DATE, 
	state VARCHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	group_channel VARCHAR, 
	asked_by_id INTEGER, 
	began_at DATETIME NOT NULL, 
	fresh_at DATETIME, 
	started_on DATE, 
	ends_on DATE, 
	review_on DATE, 
	ended_at DATETIME, 
	ended_by_id INTEGER, 
	gained TEXT, 
	erased_at DATETIME, 
	CONSTRAINT ck_relationship_two_people CHECK (mentor_id <> mentee_id), 
	CONSTRAINT fk_relationship_asked_by_id_person FOREIGN KEY(asked_by_id) REFERENCES person (id), 
	CONSTRAINT fk_relationship_ended_by_id_person FOREIGN KEY(ended_by_id) REFERENCES person (id), 
	CONSTRAINT fk_relationship_mentee_id_person FOREIGN KEY(mentee_id) REFERENCES person (id), 
	CONSTRAINT fk_relationship_mentor_id_person FOREIGN KEY(mentor_id) REFERENCES person (id), 
	CONSTRAINT fk_relationship_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT ck_relationship_state CHECK (state IN ('drafting', 'active', 'ended', 'dropped'))
);
INSERT INTO "relationship" VALUES(1,1,2,1,'','',NULL,'active',1,NULL,NULL,'2026-11-16 10:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'gAAAAABrAo6yprJK-299-avub6LFeyApRQwq3picumZC-A-ZdCwD-Ax7fjhxaaFupVwlr9jsGqpNc5CqPrtpN60i-gYRja5DMEW75Oksj4e8JOrXFYCRVOwetoqHicUPmBr9ICMoff60',NULL);
CREATE TABLE request (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	mentee_id INTEGER NOT NULL, 
	invited_id INTEGER, 
	kind VARCHAR(32) NOT NULL, 
	is_taster BOOLEAN NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	topic TEXT, 
	hoped_for TEXT, 
	questions TEXT, 
	reason VARCHAR(32), 
	areas JSON NOT NULL, 
	formats JSON NOT NULL, 
	windows JSON NOT NULL, 
	length_minutes INTEGER NOT NULL, 
	not_again JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	waiting_since DATETIME, 
	settled_at DATETIME, 
	CONSTRAINT ck_request_length CHECK (length_minutes IN (15, 30, 45, 60)), 
	CONSTRAINT fk_request_invited_id_person FOREIGN KEY(invited_id) REFERENCES person (id), 
	CONSTRAINT fk_request_mentee_id_person FOREIGN KEY(mentee_id) REFERENCES person (id), 
	CONSTRAINT fk_request_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT ck_request_kind CHECK (kind IN ('flash', 'spot', 'reverse', 'keep_in_touch')), 
	CONSTRAINT ck_request_state CHECK (state IN ('routing', 'waiting', 'matched', 'withdrawn', 'declined')), 
	CONSTRAINT ck_request_reason CHECK (reason IN ('learning', 'role', 'outside_view', 'career'))
);
INSERT INTO "request" VALUES(1,1,1,NULL,'flash',0,'matched','gAAAAABrAo6yGJQVy-h7KznAzKb52cT9de0G8AsyRDrips6JEtVh6GUT7OOOu2m6vFFR5qUEl6-7fQL3Nh9VIdbd-9xOkEizx_LMNjTY1TH4_dVX-hEbsqo=','gAAAAABrAo6y_kB8W91LLKxmHJgv0cMUH7gURRI1f8zp1clFrqGdJM_zRQzD9vFoQUc77VAEszD661-TGhjDSYVr-BixcXfPvoJVSq7DfaPU8Ab22-B0bt8=','gAAAAABrAo6yA3pdEsp54PcEh65IMvF0maIe3ts0R3jRRFM34M0hXNjVB_NrVwenT38kZ6ylajzZbDbeZuFxoPwlfTe5e7TgrQ==',NULL,'[]','["video"]','[]',30,'[]','2026-11-23 10:00:00.000000',NULL,NULL);
INSERT INTO "request" VALUES(2,1,2,NULL,'flash',0,'matched','gAAAAABrAo6y5_FVzXzkYYo0IxPSExv7c5dxR9i5lsN3JMILLAgmaQR_r-nmQgLqDVtpUgKOZjvOdY4M59B7r6zmaoNCXiFDPMNcxCX738BOuNwH4RDikGE=','gAAAAABrAo6y7KNML3VycQLUgGGGjkSlLtIhPd-xtH14494UqEuM31EBHCmV8ozqj0W2mHe72KcsXSmhrJoyqZaMV3HdVCI6uo_DO0IU3E5mrYJk82rg9bM=','gAAAAABrAo6yGTsc5oVEDx9G1JGDLwN_gv-nUhzGsOz7GKcI3Vf8lVqNr4tvEg8Dc8A-fLQoDq7CHhIBfIvRkHXl_kgbLSUI-A==',NULL,'[]','["video"]','[]',30,'[]','2026-11-23 10:00:00.000000',NULL,NULL);
INSERT INTO "request" VALUES(3,1,1,2,'spot',0,'withdrawn','gAAAAABrAo6yPRq1yW26BTnKDKsv3SVkltcSUq361ff6OpQw45oktam_r6QtMJGboqmUc84LXBwA_l_zz-w8qWjue9kJzhPwFg==','gAAAAABrAo6yRRlV-r9k0R-vIsoha1A08Zlk11g6du-ZARfz5UMg_RllwI9eFFhn2BRMOsTbg6JlQ6N1XOnyQgZl7IUqjgFjbQ==','gAAAAABrAo6yRLldKwzAw0qfZo5eCfz9YAzMVgWgv3MgolR3prT2MmQt3NWPLwGzGT0324NGNuL9BVqpDH0O8BVD7F8oiJ9Npt9gSK-ZwNSHCMIvKPdPyQo=',NULL,'[]','["video"]','["mon_am"]',30,'[]','2026-11-23 10:00:00.000000',NULL,NULL);
INSERT INTO "request" VALUES(4,1,2,NULL,'flash',0,'withdrawn','gAAAAABrAo6yrz2_5bAMO39MhHNN2umBq4fE1rBcLganfe5oTg8yQQS_qYBLE798yO3HkVnIzbHW6Sd59Fos8BZU3_cZuI12YQ==','gAAAAABrAo6ykEYsg8d-lPXIDvwgTDtxncQAuqaX6Lfxv3R4l_yIEaCPGMcU82GKTGLW_UtZZRTbrKdeCeS28SpdSgEUDvx2zA==','gAAAAABrAo6ylZqLVq-aPJwALQhNZL7AzYQTZav92Y-6vlPFPH6jcJhmBtP1xvYdB2othxhKE5qwLn8lJmeNpl5f1nN43pZzdg==',NULL,'[]','["video"]','[]',30,'[]','2026-11-23 10:00:00.000000',NULL,NULL);
INSERT INTO "request" VALUES(5,1,3,1,'flash',0,'withdrawn','gAAAAABrAo6yRoGC9SrC8q-Z9mCKe9T_IjsEXVqj0yx4EEwaQfqXxfZnj3-ljzD1mwr_kkhoFgUBNVkd40UMFN4DAu0-mgXzr2k_yCw1srGn7RqXa3GsWUM=','gAAAAABrAo6yJ0GYkeUx1nSvC_ZcybxHjlOdfNS0L2H985Im3b--JM6ES6KXIBrxjP9xArbQfJlPADpOhWZvmDavqR-grqxQAd4sEF_dI1JwxoRIPXwMpQQ=','gAAAAABrAo6yv5jb4ciHGTyUH_DZzxbXdAVPYKf9_69XIqsfrIUimZGG5E6FF2JCnWypl2IYpkv6ZasQgQ1PmeR_GZPzViSBxg==',NULL,'[]','["video"]','[]',30,'[]','2026-11-23 10:00:00.000000',NULL,NULL);
CREATE TABLE round (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	due_on DATE NOT NULL, 
	part INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	runs_at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	seed INTEGER NOT NULL, 
	run INTEGER NOT NULL, 
	totals JSON NOT NULL, 
	proof JSON NOT NULL, 
	gone JSON NOT NULL, 
	lost JSON NOT NULL, 
	meets_at DATETIME, 
	place VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	planned_at DATETIME, 
	approved_at DATETIME, 
	approved_by_id INTEGER, 
	opened_at DATETIME, 
	CONSTRAINT fk_round_approved_by_id_person FOREIGN KEY(approved_by_id) REFERENCES person (id), 
	CONSTRAINT fk_round_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT uq_round_programme_id_due_on_part UNIQUE (programme_id, due_on, part), 
	CONSTRAINT ck_round_state CHECK (state IN ('announced', 'running', 'planned', 'approved', 'opened', 'cancelled'))
);
INSERT INTO "round" VALUES(1,1,'2026-11-10',0,1,'2026-11-16 10:00:00.000000','opened',0,0,'{}','{}','[]','[]',NULL,'','2026-11-16 10:00:00.000000',NULL,NULL,1,NULL);
CREATE TABLE round_constraint (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	round_id INTEGER NOT NULL, 
	mentee_id INTEGER NOT NULL, 
	mentor_id INTEGER NOT NULL, 
	"constraint" VARCHAR(32) NOT NULL, 
	by_id INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT fk_round_constraint_by_id_person FOREIGN KEY(by_id) REFERENCES person (id), 
	CONSTRAINT fk_round_constraint_mentee_id_person FOREIGN KEY(mentee_id) REFERENCES person (id), 
	CONSTRAINT fk_round_constraint_mentor_id_person FOREIGN KEY(mentor_id) REFERENCES person (id), 
	CONSTRAINT fk_round_constraint_round_id_round FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT uq_round_constraint_round_id_mentee_id_mentor_id UNIQUE (round_id, mentee_id, mentor_id), 
	CONSTRAINT ck_round_constraint_constraint CHECK ("constraint" IN ('lock', 'veto'))
);
INSERT INTO "round_constraint" VALUES(1,1,1,2,'veto',3,'2026-11-16 10:00:00.000000');
CREATE TABLE round_left (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	round_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	rule VARCHAR NOT NULL, 
	candidates INTEGER NOT NULL, 
	counts JSON NOT NULL, 
	areas JSON NOT NULL, 
	CONSTRAINT fk_round_left_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_round_left_round_id_round FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT uq_round_left_round_id_person_id_role UNIQUE (round_id, person_id, role), 
	CONSTRAINT ck_round_left_role CHECK (role IN ('mentor', 'mentee'))
);
INSERT INTO "round_left" VALUES(1,1,1,'mentee','topic',0,'{}','["writing"]');
CREATE TABLE round_pair (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	round_id INTEGER NOT NULL, 
	mentee_id INTEGER NOT NULL, 
	mentor_id INTEGER NOT NULL, 
	third_id INTEGER, 
	turn INTEGER NOT NULL, 
	suitability INTEGER NOT NULL, 
	reasons JSON NOT NULL, 
	is_new BOOLEAN NOT NULL, 
	is_out BOOLEAN NOT NULL, 
	match_id INTEGER, 
	CONSTRAINT ck_round_pair_two_people CHECK (mentor_id <> mentee_id), 
	CONSTRAINT fk_round_pair_match_id_match FOREIGN KEY(match_id) REFERENCES "match" (id), 
	CONSTRAINT fk_round_pair_mentee_id_person FOREIGN KEY(mentee_id) REFERENCES person (id), 
	CONSTRAINT fk_round_pair_mentor_id_person FOREIGN KEY(mentor_id) REFERENCES person (id), 
	CONSTRAINT fk_round_pair_round_id_round FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT fk_round_pair_third_id_person FOREIGN KEY(third_id) REFERENCES person (id), 
	CONSTRAINT uq_round_pair_round_id_mentee_id_mentor_id_turn UNIQUE (round_id, mentee_id, mentor_id, turn)
);
INSERT INTO "round_pair" VALUES(1,1,1,2,NULL,0,0,'[{"key": "near", "facts": {"location": "ada: near"}}]',0,0,3);
CREATE TABLE round_reply (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	round_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	is_in BOOLEAN NOT NULL, 
	answered_at DATETIME NOT NULL, 
	CONSTRAINT fk_round_reply_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_round_reply_round_id_round FOREIGN KEY(round_id) REFERENCES round (id), 
	CONSTRAINT uq_round_reply_round_id_person_id UNIQUE (round_id, person_id)
);
INSERT INTO "round_reply" VALUES(1,1,1,1,'2026-11-16 10:00:00.000000');
CREATE TABLE session (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	match_id INTEGER NOT NULL, 
	mentor_id INTEGER NOT NULL, 
	mentee_id INTEGER NOT NULL, 
	third_id INTEGER, 
	kind VARCHAR(32) NOT NULL, 
	is_taster BOOLEAN NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	length_minutes INTEGER NOT NULL, 
	format VARCHAR(32), 
	place TEXT, 
	starts_at DATETIME, 
	time_set_by_id INTEGER, 
	"plan" INTEGER NOT NULL, 
	reschedules INTEGER NOT NULL, 
	slots JSON NOT NULL, 
	calendar_sequence INTEGER NOT NULL, 
	relationship_id INTEGER, 
	group_channel VARCHAR, 
	matched_at DATETIME NOT NULL, 
	held_at DATETIME, 
	closed_at DATETIME, 
	cancelled_by_id INTEGER, 
	cancel_reason TEXT, 
	erased_at DATETIME, 
	CONSTRAINT ck_session_time_when_scheduled CHECK (state <> 'scheduled' OR starts_at IS NOT NULL), 
	CONSTRAINT ck_session_length CHECK (length_minutes IN (15, 30, 45, 60)), 
	CONSTRAINT ck_session_two_people CHECK (mentor_id <> mentee_id), 
	CONSTRAINT fk_session_cancelled_by_id_person FOREIGN KEY(cancelled_by_id) REFERENCES person (id), 
	CONSTRAINT fk_session_match_id_match FOREIGN KEY(match_id) REFERENCES "match" (id), 
	CONSTRAINT fk_session_mentee_id_person FOREIGN KEY(mentee_id) REFERENCES person (id), 
	CONSTRAINT fk_session_mentor_id_person FOREIGN KEY(mentor_id) REFERENCES person (id), 
	CONSTRAINT fk_session_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_session_relationship_id_relationship FOREIGN KEY(relationship_id) REFERENCES relationship (id), 
	CONSTRAINT fk_session_third_id_person FOREIGN KEY(third_id) REFERENCES person (id), 
	CONSTRAINT fk_session_time_set_by_id_person FOREIGN KEY(time_set_by_id) REFERENCES person (id), 
	CONSTRAINT uq_session_match_id UNIQUE (match_id), 
	CONSTRAINT ck_session_kind CHECK (kind IN ('flash', 'spot', 'reverse', 'keep_in_touch')), 
	CONSTRAINT ck_session_state CHECK (state IN ('matched', 'scheduled', 'held', 'missed', 'closed', 'cancelled')), 
	CONSTRAINT ck_session_format CHECK (format IN ('in_person', 'video', 'phone', 'walk', 'chat'))
);
INSERT INTO "session" VALUES(1,1,1,2,1,NULL,'flash',0,'closed',30,NULL,'gAAAAABrAo6y1bViGNH8tO9TCp2MTCFeDinTkwDsJxQZ1BdmmFjgWRvbd_V_tzVueC6veiHWKKG3aaRoO3sG9pUhvREF8DjIYQ==','2026-11-16 10:00:00.000000',1,1,0,'[]',0,NULL,NULL,'2026-11-23 10:00:00.000000','2026-11-16 10:00:00.000000','2026-11-16 10:00:00.000000',NULL,NULL,NULL);
INSERT INTO "session" VALUES(2,1,2,1,2,NULL,'flash',0,'cancelled',30,NULL,NULL,NULL,NULL,0,0,'[]',0,NULL,NULL,'2026-11-23 10:00:00.000000',NULL,'2026-11-16 10:00:00.000000',1,'gAAAAABrAo6yNVYS3kQrP9nIBf1GNHjW-APSjkx94IWYhVam7xFCwlh2NZFVetNVO0JyIMOQyhzK2pe7VfWaKHn8lIGfbt6V4GvZUqiKyN-IYxH3RrEadPA=',NULL);
CREATE TABLE slot_tick (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	session_id INTEGER NOT NULL, 
	"plan" INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	starts_at DATETIME NOT NULL, 
	CONSTRAINT fk_slot_tick_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_slot_tick_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT uq_slot_tick_session_id_plan_person_id_starts_at UNIQUE (session_id, "plan", person_id, starts_at)
);
INSERT INTO "slot_tick" VALUES(1,1,1,1,'2026-11-16 10:00:00.000000');
CREATE TABLE tally (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	what VARCHAR NOT NULL, 
	month_on DATE NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT fk_tally_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT uq_tally_programme_id_what_month_on UNIQUE (programme_id, what, month_on)
);
CREATE TABLE task_done (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	relationship_id INTEGER NOT NULL, 
	task VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	note TEXT, 
	is_shared BOOLEAN NOT NULL, 
	done_at DATETIME, 
	CONSTRAINT fk_task_done_relationship_id_relationship FOREIGN KEY(relationship_id) REFERENCES relationship (id), 
	CONSTRAINT uq_task_done_relationship_id_task UNIQUE (relationship_id, task)
);
INSERT INTO "task_done" VALUES(1,1,'goal','','gAAAAABrAo6ynTIBECcQjBNqZfkwdzT5dxNz0zpOKBohlZavp8BkoG1lv-QVQfAWee-bwjLbysXMLjpXqCbTzNbVd1mhdUTXKg==',0,'2026-11-16 10:00:00.000000');
CREATE TABLE thank_you (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	session_id INTEGER NOT NULL, 
	from_id INTEGER NOT NULL, 
	text TEXT, 
	sent_at DATETIME NOT NULL, 
	may_show BOOLEAN NOT NULL, 
	agreed_at DATETIME, 
	CONSTRAINT fk_thank_you_from_id_person FOREIGN KEY(from_id) REFERENCES person (id), 
	CONSTRAINT fk_thank_you_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT uq_thank_you_session_id_from_id UNIQUE (session_id, from_id)
);
INSERT INTO "thank_you" VALUES(1,1,1,'gAAAAABrAo6ypGUDOkqXLYIMc2r8Mza0kcvHlem0fvFxmG54rZH-WeV_EFPiYgz2AV8qN1-vRIhlumMVlk1UbrCNWRCEZ-9cUg==','2026-11-16 10:00:00.000000',0,NULL);
INSERT INTO "thank_you" VALUES(2,1,2,'gAAAAABrAo6y6ioQlaipU-M46xD0T2UbC2kGyU6hfvznSwQBIuRQSM3NcAF-fpWSOQfJ5TW6BzYsMKD0Xpxe9JuFJrsCfF2FRg==','2026-11-16 10:00:00.000000',0,NULL);
CREATE TABLE tick (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	session_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	item VARCHAR NOT NULL, 
	ticked_at DATETIME NOT NULL, 
	CONSTRAINT fk_tick_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_tick_session_id_session FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT uq_tick_session_id_person_id_item UNIQUE (session_id, person_id, item)
);
INSERT INTO "tick" VALUES(1,1,1,'question','2026-11-16 10:00:00.000000');
CREATE TABLE tie (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	programme_id INTEGER NOT NULL, 
	first_id INTEGER NOT NULL, 
	second_id INTEGER NOT NULL, 
	mentor_id INTEGER NOT NULL, 
	quarters INTEGER NOT NULL, 
	started_at DATETIME NOT NULL, 
	stopped_at DATETIME, 
	stopped_by_id INTEGER, 
	CONSTRAINT ck_tie_in_order CHECK (first_id < second_id), 
	CONSTRAINT fk_tie_first_id_person FOREIGN KEY(first_id) REFERENCES person (id), 
	CONSTRAINT fk_tie_mentor_id_person FOREIGN KEY(mentor_id) REFERENCES person (id), 
	CONSTRAINT fk_tie_programme_id_programme FOREIGN KEY(programme_id) REFERENCES programme (id), 
	CONSTRAINT fk_tie_second_id_person FOREIGN KEY(second_id) REFERENCES person (id), 
	CONSTRAINT fk_tie_stopped_by_id_person FOREIGN KEY(stopped_by_id) REFERENCES person (id)
);
INSERT INTO "tie" VALUES(1,1,1,2,2,0,'2026-11-16 10:00:00.000000',NULL,NULL);
CREATE TABLE tie_reply (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	tie_id INTEGER NOT NULL, 
	quarter INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	wants BOOLEAN NOT NULL, 
	answered_at DATETIME NOT NULL, 
	CONSTRAINT fk_tie_reply_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_tie_reply_tie_id_tie FOREIGN KEY(tie_id) REFERENCES tie (id), 
	CONSTRAINT uq_tie_reply_tie_id_quarter_person_id UNIQUE (tie_id, quarter, person_id)
);
INSERT INTO "tie_reply" VALUES(1,1,1,1,1,'2026-11-16 10:00:00.000000');
INSERT INTO "tie_reply" VALUES(2,1,1,2,0,'2026-11-16 10:00:00.000000');
CREATE TABLE workspace (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	slack_team_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	enterprise_id VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT uq_workspace_slack_team_id UNIQUE (slack_team_id)
);
INSERT INTO "workspace" VALUES(1,'T0LANTERN','','','2026-11-23 10:00:00.000000');
CREATE INDEX ix_oauth_state_expires_at ON oauth_state (expires_at);
CREATE INDEX ix_receipt_received_at ON receipt (received_at);
CREATE INDEX ix_person_manager_id ON person (manager_id);
CREATE INDEX ix_person_workspace_id ON person (workspace_id);
CREATE INDEX ix_programme_workspace_id ON programme (workspace_id);
CREATE UNIQUE INDEX uq_programme_open ON programme (workspace_id) WHERE channel IS NULL;
CREATE INDEX ix_apart_other_id ON apart (other_id);
CREATE INDEX ix_apart_person_id ON apart (person_id);
CREATE INDEX ix_draft_person_id ON draft (person_id);
CREATE INDEX ix_enrolment_person_id ON enrolment (person_id);
CREATE INDEX ix_enrolment_programme_id ON enrolment (programme_id);
CREATE INDEX ix_lead_person_id ON lead (person_id);
CREATE INDEX ix_lead_programme_id ON lead (programme_id);
CREATE INDEX ix_people_import_by_id ON people_import (by_id);
CREATE INDEX ix_people_import_programme_id ON people_import (programme_id);
CREATE INDEX ix_programme_draft_by_id ON programme_draft (by_id);
CREATE INDEX ix_programme_draft_workspace_id ON programme_draft (workspace_id);
CREATE INDEX ix_programme_series_by_id ON programme_series (by_id);
CREATE INDEX ix_relationship_ended_by_id ON relationship (ended_by_id);
CREATE INDEX ix_relationship_mentee_id ON relationship (mentee_id);
CREATE INDEX ix_relationship_mentor_id ON relationship (mentor_id);
CREATE INDEX ix_relationship_programme_id ON relationship (programme_id);
CREATE INDEX ix_relationship_state ON relationship (state);
CREATE UNIQUE INDEX uq_relationship_live ON relationship (mentor_id, mentee_id) WHERE state IN ('drafting', 'active');
CREATE INDEX ix_request_invited_id ON request (invited_id);
CREATE INDEX ix_request_mentee_id ON request (mentee_id);
CREATE INDEX ix_request_programme_id ON request (programme_id);
CREATE INDEX ix_request_state ON request (state);
CREATE INDEX ix_round_approved_by_id ON round (approved_by_id);
CREATE INDEX ix_round_programme_id ON round (programme_id);
CREATE INDEX ix_round_state ON round (state);
CREATE INDEX ix_tally_programme_id ON tally (programme_id);
CREATE INDEX ix_tie_first_id ON tie (first_id);
CREATE INDEX ix_tie_mentor_id ON tie (mentor_id);
CREATE INDEX ix_tie_programme_id ON tie (programme_id);
CREATE INDEX ix_tie_second_id ON tie (second_id);
CREATE UNIQUE INDEX uq_tie_live ON tie (first_id, second_id) WHERE stopped_at IS NULL;
CREATE INDEX ix_agreement_by_id ON agreement (by_id);
CREATE INDEX ix_agreement_relationship_id ON agreement (relationship_id);
CREATE INDEX ix_match_mentee_id ON "match" (mentee_id);
CREATE INDEX ix_match_mentor_id ON "match" (mentor_id);
CREATE INDEX ix_match_relationship_id ON "match" (relationship_id);
CREATE INDEX ix_match_round_id ON "match" (round_id);
CREATE INDEX ix_match_tie_id ON "match" (tie_id);
CREATE INDEX ix_offer_mentor_id ON offer (mentor_id);
CREATE INDEX ix_offer_request_id ON offer (request_id);
CREATE UNIQUE INDEX uq_offer_live ON offer (request_id) WHERE state IN ('pending', 'proposed', 'accepted');
CREATE INDEX ix_round_constraint_by_id ON round_constraint (by_id);
CREATE INDEX ix_round_constraint_mentee_id ON round_constraint (mentee_id);
CREATE INDEX ix_round_constraint_mentor_id ON round_constraint (mentor_id);
CREATE INDEX ix_round_constraint_round_id ON round_constraint (round_id);
CREATE INDEX ix_round_left_person_id ON round_left (person_id);
CREATE INDEX ix_round_left_round_id ON round_left (round_id);
CREATE INDEX ix_round_reply_person_id ON round_reply (person_id);
CREATE INDEX ix_round_reply_round_id ON round_reply (round_id);
CREATE INDEX ix_task_done_relationship_id ON task_done (relationship_id);
CREATE INDEX ix_tie_reply_person_id ON tie_reply (person_id);
CREATE INDEX ix_tie_reply_tie_id ON tie_reply (tie_id);
CREATE INDEX ix_place_match_id ON place (match_id);
CREATE INDEX ix_place_mentor_id ON place (mentor_id);
CREATE INDEX ix_place_offer_id ON place (offer_id);
CREATE INDEX ix_place_programme_id ON place (programme_id);
CREATE INDEX ix_round_pair_match_id ON round_pair (match_id);
CREATE INDEX ix_round_pair_mentee_id ON round_pair (mentee_id);
CREATE INDEX ix_round_pair_mentor_id ON round_pair (mentor_id);
CREATE INDEX ix_round_pair_round_id ON round_pair (round_id);
CREATE INDEX ix_round_pair_third_id ON round_pair (third_id);
CREATE INDEX ix_session_cancelled_by_id ON session (cancelled_by_id);
CREATE INDEX ix_session_mentee_id ON session (mentee_id);
CREATE INDEX ix_session_mentor_id ON session (mentor_id);
CREATE INDEX ix_session_programme_id ON session (programme_id);
CREATE INDEX ix_session_relationship_id ON session (relationship_id);
CREATE INDEX ix_session_state ON session (state);
CREATE INDEX ix_session_third_id ON session (third_id);
CREATE INDEX ix_action_item_author_id ON action_item (author_id);
CREATE INDEX ix_action_item_owner_id ON action_item (owner_id);
CREATE INDEX ix_action_item_session_id ON action_item (session_id);
CREATE INDEX ix_answer_person_id ON answer (person_id);
CREATE INDEX ix_answer_session_id ON answer (session_id);
CREATE INDEX ix_feedback_person_id ON feedback (person_id);
CREATE INDEX ix_feedback_session_id ON feedback (session_id);
CREATE INDEX ix_go_on_person_id ON go_on (person_id);
CREATE INDEX ix_go_on_session_id ON go_on (session_id);
CREATE INDEX ix_referral_for_id ON referral (for_id);
CREATE INDEX ix_referral_from_id ON referral (from_id);
CREATE INDEX ix_referral_session_id ON referral (session_id);
CREATE INDEX ix_referral_to_id ON referral (to_id);
CREATE INDEX ix_referral_workspace_id ON referral (workspace_id);
CREATE INDEX ix_slot_tick_person_id ON slot_tick (person_id);
CREATE INDEX ix_slot_tick_session_id ON slot_tick (session_id);
CREATE INDEX ix_thank_you_from_id ON thank_you (from_id);
CREATE INDEX ix_thank_you_session_id ON thank_you (session_id);
CREATE INDEX ix_tick_person_id ON tick (person_id);
CREATE INDEX ix_tick_session_id ON tick (session_id);
CREATE INDEX ix_job_action_id ON job (action_id);
CREATE INDEX ix_job_draft_id ON job (draft_id);
CREATE INDEX ix_job_import_id ON job (import_id);
CREATE INDEX ix_job_offer_id ON job (offer_id);
CREATE INDEX ix_job_programme_id ON job (programme_id);
CREATE INDEX ix_job_referral_id ON job (referral_id);
CREATE INDEX ix_job_relationship_id ON job (relationship_id);
CREATE INDEX ix_job_request_id ON job (request_id);
CREATE INDEX ix_job_round_id ON job (round_id);
CREATE INDEX ix_job_said ON job (recipient_id, said_at);
CREATE INDEX ix_job_session_id ON job (session_id);
CREATE INDEX ix_job_tie_id ON job (tie_id);
CREATE INDEX ix_job_turn ON job (workspace_id, rank, due_at, id) WHERE state = 'pending';
CREATE INDEX ix_job_waiting ON job (due_at, id) WHERE state = 'pending';
CREATE INDEX ix_job_workspace_id ON job (workspace_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('workspace',1);
INSERT INTO "sqlite_sequence" VALUES('programme',1);
INSERT INTO "sqlite_sequence" VALUES('person',3);
INSERT INTO "sqlite_sequence" VALUES('enrolment',2);
INSERT INTO "sqlite_sequence" VALUES('request',5);
INSERT INTO "sqlite_sequence" VALUES('match',3);
INSERT INTO "sqlite_sequence" VALUES('session',2);
INSERT INTO "sqlite_sequence" VALUES('tie',1);
INSERT INTO "sqlite_sequence" VALUES('tie_reply',2);
INSERT INTO "sqlite_sequence" VALUES('relationship',1);
INSERT INTO "sqlite_sequence" VALUES('agreement',1);
INSERT INTO "sqlite_sequence" VALUES('task_done',1);
INSERT INTO "sqlite_sequence" VALUES('programme_series',1);
INSERT INTO "sqlite_sequence" VALUES('agenda',2);
INSERT INTO "sqlite_sequence" VALUES('tick',1);
INSERT INTO "sqlite_sequence" VALUES('slot_tick',1);
INSERT INTO "sqlite_sequence" VALUES('answer',2);
INSERT INTO "sqlite_sequence" VALUES('thank_you',2);
INSERT INTO "sqlite_sequence" VALUES('feedback',2);
INSERT INTO "sqlite_sequence" VALUES('go_on',2);
INSERT INTO "sqlite_sequence" VALUES('action_item',2);
INSERT INTO "sqlite_sequence" VALUES('apart',2);
INSERT INTO "sqlite_sequence" VALUES('lead',1);
INSERT INTO "sqlite_sequence" VALUES('place',1);
INSERT INTO "sqlite_sequence" VALUES('programme_draft',1);
INSERT INTO "sqlite_sequence" VALUES('people_import',2);
INSERT INTO "sqlite_sequence" VALUES('draft',1);
INSERT INTO "sqlite_sequence" VALUES('round',1);
INSERT INTO "sqlite_sequence" VALUES('round_reply',1);
INSERT INTO "sqlite_sequence" VALUES('round_pair',1);
INSERT INTO "sqlite_sequence" VALUES('round_constraint',1);
INSERT INTO "sqlite_sequence" VALUES('round_left',1);
INSERT INTO "sqlite_sequence" VALUES('offer',3);
INSERT INTO "sqlite_sequence" VALUES('referral',3);
INSERT INTO "sqlite_sequence" VALUES('job',2);
COMMIT;
