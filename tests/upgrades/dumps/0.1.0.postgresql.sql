SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.action_item (
    id bigint NOT NULL,
    session_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    author_id bigint NOT NULL,
    text text,
    due_on date NOT NULL,
    state character varying(32) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT ck_action_item_state CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'done'::character varying, 'dropped'::character varying])::text[])))
);
CREATE SEQUENCE public.action_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.action_item_id_seq OWNED BY public.action_item.id;
CREATE TABLE public.agenda (
    id bigint NOT NULL,
    session_id bigint NOT NULL,
    content text,
    version integer NOT NULL,
    written_at timestamp with time zone NOT NULL,
    points text,
    answered_at timestamp with time zone,
    answered_version integer
);
CREATE SEQUENCE public.agenda_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.agenda_id_seq OWNED BY public.agenda.id;
CREATE TABLE public.agreement (
    id bigint NOT NULL,
    relationship_id bigint NOT NULL,
    version integer NOT NULL,
    content text,
    every character varying(32) NOT NULL,
    length_minutes integer NOT NULL,
    months integer NOT NULL,
    agenda_ahead boolean NOT NULL,
    by_id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    mentor_signed_at timestamp with time zone,
    mentee_signed_at timestamp with time zone,
    CONSTRAINT ck_agreement_every CHECK (((every)::text = ANY ((ARRAY['none'::character varying, 'week'::character varying, 'two_weeks'::character varying, 'four_weeks'::character varying, 'month'::character varying])::text[]))),
    CONSTRAINT ck_agreement_length CHECK ((length_minutes = ANY (ARRAY[15, 30, 45, 60]))),
    CONSTRAINT ck_agreement_months_range CHECK (((months >= 1) AND (months <= 12)))
);
CREATE SEQUENCE public.agreement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.agreement_id_seq OWNED BY public.agreement.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answer (
    id bigint NOT NULL,
    session_id bigint NOT NULL,
    plan integer NOT NULL,
    person_id bigint NOT NULL,
    outcome character varying(32) NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_answer_outcome CHECK (((outcome)::text = ANY ((ARRAY['yes'::character varying, 'no'::character varying, 'not_yet'::character varying])::text[])))
);
CREATE SEQUENCE public.answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.answer_id_seq OWNED BY public.answer.id;
CREATE TABLE public.apart (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    other_id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.apart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.apart_id_seq OWNED BY public.apart.id;
CREATE TABLE public.draft (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    text text,
    made_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
CREATE SEQUENCE public.draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.draft_id_seq OWNED BY public.draft.id;
CREATE TABLE public.enrolment (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    person_id bigint NOT NULL,
    role character varying(32) NOT NULL,
    areas json NOT NULL,
    topics character varying NOT NULL,
    capacity integer NOT NULL,
    taster_only boolean NOT NULL,
    formats json NOT NULL,
    windows json NOT NULL,
    waiting integer NOT NULL,
    ended_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_enrolment_capacity_range CHECK (((capacity >= 0) AND (capacity <= 31))),
    CONSTRAINT ck_enrolment_role CHECK (((role)::text = ANY ((ARRAY['mentor'::character varying, 'mentee'::character varying])::text[]))),
    CONSTRAINT ck_enrolment_waiting_counts CHECK ((waiting >= 0))
);
CREATE SEQUENCE public.enrolment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.enrolment_id_seq OWNED BY public.enrolment.id;
CREATE TABLE public.feedback (
    id bigint NOT NULL,
    session_id bigint NOT NULL,
    person_id bigint NOT NULL,
    rating integer NOT NULL,
    text text,
    given_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_feedback_rating_range CHECK (((rating >= 1) AND (rating <= 5)))
);
CREATE SEQUENCE public.feedback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.feedback_id_seq OWNED BY public.feedback.id;
CREATE TABLE public.go_on (
    id bigint NOT NULL,
    session_id bigint NOT NULL,
    person_id bigint NOT NULL,
    wishes text,
    answered_at timestamp with time zone NOT NULL,
    revealed_at timestamp with time zone
);
CREATE SEQUENCE public.go_on_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.go_on_id_seq OWNED BY public.go_on.id;
CREATE TABLE public.installation (
    id bigint NOT NULL,
    slack_id character varying NOT NULL,
    is_org boolean NOT NULL,
    enterprise_id character varying NOT NULL,
    name character varying NOT NULL,
    app_id character varying NOT NULL,
    bot_user_id character varying NOT NULL,
    scopes character varying NOT NULL,
    token text,
    installed_by character varying NOT NULL,
    installed_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    version integer NOT NULL,
    CONSTRAINT ck_installation_token CHECK (((token IS NULL) = (revoked_at IS NOT NULL)))
);
CREATE SEQUENCE public.installation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.installation_id_seq OWNED BY public.installation.id;
CREATE TABLE public.job (
    id bigint NOT NULL,
    kind character varying(32) NOT NULL,
    dedupe_key character varying NOT NULL,
    workspace_id bigint NOT NULL,
    recipient_id bigint,
    request_id bigint,
    offer_id bigint,
    session_id bigint,
    action_id bigint,
    draft_id bigint,
    programme_id bigint,
    round_id bigint,
    referral_id bigint,
    tie_id bigint,
    relationship_id bigint,
    import_id bigint,
    plan integer,
    note character varying,
    rank smallint NOT NULL,
    due_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    state character varying(32) NOT NULL,
    revision integer NOT NULL,
    said_revision integer NOT NULL,
    attempts integer NOT NULL,
    leased_by character varying,
    leased_until timestamp with time zone,
    slack_channel character varying,
    slack_ts character varying,
    said_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    reason character varying,
    reference character varying,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_job_kind CHECK (((kind)::text = ANY ((ARRAY['request_receipt'::character varying, 'request_news'::character varying, 'request_retry'::character varying, 'offer'::character varying, 'offer_reminder'::character varying, 'offer_expiry'::character varying, 'mentor_welcome'::character varying, 'proposal'::character varying, 'referral_ask'::character varying, 'referral_expiry'::character varying, 'board_card'::character varying, 'referral_card'::character varying, 'referral_news'::character varying, 'intro_three'::character varying, 'intro_followup'::character varying, 'introduction'::character varying, 'checklist'::character varying, 'agenda_ask'::character varying, 'slots'::character varying, 'time_nudge'::character varying, 'time_set'::character varying, 'time_unset'::character varying, 'calendar_file'::character varying, 'session_cancelled'::character varying, 'somebody_else'::character varying, 'moved_often'::character varying, 'checklist_nudge'::character varying, 'agenda_saved'::character varying, 'agenda_card'::character varying, 'agenda_nudge'::character varying, 'agenda_answered'::character varying, 'agenda_missing'::character varying, 'reminder_day'::character varying, 'reminder_soon'::character varying, 'start_card'::character varying, 'five_minutes'::character varying, 'outcome_ask'::character varying, 'outcome_nudge'::character varying, 'outcome_deadline'::character varying, 'outcome_thanks'::character varying, 'action_ask'::character varying, 'action_saved'::character varying, 'action_due'::character varying, 'action_followup'::character varying, 'thanks_ask'::character varying, 'thanks_nudge'::character varying, 'thanks_saved'::character varying, 'thanks_card'::character varying, 'public_thanks'::character varying, 'go_on_ask'::character varying, 'go_on_deadline'::character varying, 'go_on_news'::character varying, 'feedback_ask'::character varying, 'close'::character varying, 'erase'::character varying, 'prompt_choice'::character varying, 'plain_answer'::character varying, 'action_list'::character varying, 'pause_card'::character varying, 'paused_silent'::character varying, 'series'::character varying, 'series_stage'::character varying, 'task_due'::character varying, 'programme_card'::character varying, 'enrolment_card'::character varying, 'lead_news'::character varying, 'leaderless'::character varying, 'round_announce'::character varying, 'round_notice'::character varying, 'round_review'::character varying, 'round_run'::character varying, 'round_pairs'::character varying, 'round_left'::character varying, 'round_open'::character varying, 'unmatched'::character varying, 'late_round'::character varying, 'rota'::character varying, 'rota_soon'::character varying, 'rota_after'::character varying, 'report_card'::character varying, 'report_files'::character varying, 'people_file'::character varying, 'import_read'::character varying, 'import_card'::character varying, 'own_file'::character varying, 'forget'::character varying, 'forgotten'::character varying, 'blanked'::character varying, 'last_traces'::character varying, 'workspace_forget'::character varying, 'keep_turn'::character varying, 'keep_in_touch'::character varying, 'formal_ask'::character varying, 'formal_news'::character varying, 'agreement_card'::character varying, 'agreement_nudge'::character varying, 'agreement_signed'::character varying, 'relationship_turn'::character varying, 'review_card'::character varying, 'momentum'::character varying, 'momentum_again'::character varying, 'end_card'::character varying])::text[]))),
    CONSTRAINT ck_job_state CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'done'::character varying, 'skipped'::character varying, 'dead'::character varying])::text[])))
);
CREATE SEQUENCE public.job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.job_id_seq OWNED BY public.job.id;
CREATE TABLE public.lead (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    person_id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.lead_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.lead_id_seq OWNED BY public.lead.id;
CREATE TABLE public.match (
    id bigint NOT NULL,
    request_id bigint,
    round_id bigint,
    relationship_id bigint,
    tie_id bigint,
    mentor_id bigint NOT NULL,
    mentee_id bigint NOT NULL,
    reasons json NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_match_one_origin CHECK (((((
CASE
    WHEN (request_id IS NULL) THEN 0
    ELSE 1
END +
CASE
    WHEN (round_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (relationship_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (tie_id IS NULL) THEN 0
    ELSE 1
END) = 1))
);
CREATE SEQUENCE public.match_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.match_id_seq OWNED BY public.match.id;
CREATE TABLE public.oauth_state (
    state_hash character varying NOT NULL,
    browser_hash character varying NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.offer (
    id bigint NOT NULL,
    request_id bigint NOT NULL,
    mentor_id bigint NOT NULL,
    state character varying(32) NOT NULL,
    reasons json NOT NULL,
    suitability integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    proposed_minutes integer,
    words text,
    CONSTRAINT ck_offer_state CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'proposed'::character varying, 'accepted'::character varying, 'declined'::character varying, 'expired'::character varying, 'withdrawn'::character varying])::text[])))
);
CREATE SEQUENCE public.offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.offer_id_seq OWNED BY public.offer.id;
CREATE TABLE public.pace (
    team_id character varying NOT NULL,
    method character varying NOT NULL,
    version integer NOT NULL,
    free double precision NOT NULL,
    free_for_people double precision NOT NULL,
    paused_until double precision NOT NULL,
    paused_for double precision NOT NULL,
    ahead double precision NOT NULL
);
CREATE TABLE public.people_import (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    by_id bigint NOT NULL,
    file character varying NOT NULL,
    rows text,
    problems text,
    counts json NOT NULL,
    failure character varying,
    made_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    taken_at timestamp with time zone,
    discarded_at timestamp with time zone
);
CREATE SEQUENCE public.people_import_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.people_import_id_seq OWNED BY public.people_import.id;
CREATE TABLE public.person (
    id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    slack_id character varying NOT NULL,
    name character varying NOT NULL,
    title character varying NOT NULL,
    zone character varying NOT NULL,
    locale character varying NOT NULL,
    is_bot boolean NOT NULL,
    is_guest boolean NOT NULL,
    is_deleted boolean NOT NULL,
    is_admin boolean NOT NULL,
    opens_at time without time zone NOT NULL,
    closes_at time without time zone NOT NULL,
    hours_are_own boolean NOT NULL,
    away_until timestamp with time zone,
    department character varying NOT NULL,
    seniority integer,
    languages json NOT NULL,
    location character varying NOT NULL,
    country character varying NOT NULL,
    manager_id bigint,
    windows json NOT NULL,
    booking_url character varying NOT NULL,
    silences integer NOT NULL,
    dm_channel character varying,
    paused_at timestamp with time zone,
    paused_until timestamp with time zone,
    refreshed_at timestamp with time zone NOT NULL,
    forgotten_at timestamp with time zone,
    CONSTRAINT ck_person_seniority_range CHECK (((seniority >= 1) AND (seniority <= 6)))
);
CREATE SEQUENCE public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.person_id_seq OWNED BY public.person.id;
CREATE TABLE public.place (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    mentor_id bigint NOT NULL,
    month character varying NOT NULL,
    number integer NOT NULL,
    offer_id bigint,
    match_id bigint
);
CREATE SEQUENCE public.place_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.place_id_seq OWNED BY public.place.id;
CREATE TABLE public.programme (
    id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    name character varying NOT NULL,
    channel character varying,
    announcement character varying NOT NULL,
    contacts character varying NOT NULL,
    kinds json NOT NULL,
    shape character varying(32) NOT NULL,
    round_kind character varying(32) NOT NULL,
    every character varying(32) NOT NULL,
    weekday integer NOT NULL,
    month_day integer NOT NULL,
    runs_at time without time zone NOT NULL,
    zone character varying NOT NULL,
    starts_on date,
    open_board boolean NOT NULL,
    is_opt_in boolean NOT NULL,
    approval character varying(32) NOT NULL,
    length_minutes integer NOT NULL,
    capacity integer NOT NULL,
    must_differ json NOT NULL,
    must_share json NOT NULL,
    repeat_window integer NOT NULL,
    weights json NOT NULL,
    with_trios boolean NOT NULL,
    country character varying NOT NULL,
    opens_at time without time zone NOT NULL,
    closes_at time without time zone NOT NULL,
    retention_days integer NOT NULL,
    leads_channel character varying,
    archived_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_programme_approval CHECK (((approval)::text = ANY ((ARRAY['lead'::character varying, 'automatic'::character varying])::text[]))),
    CONSTRAINT ck_programme_every CHECK (((every)::text = ANY ((ARRAY['none'::character varying, 'week'::character varying, 'two_weeks'::character varying, 'four_weeks'::character varying, 'month'::character varying])::text[]))),
    CONSTRAINT ck_programme_length CHECK ((length_minutes = ANY (ARRAY[15, 30, 45, 60]))),
    CONSTRAINT ck_programme_month_day_range CHECK (((month_day >= 1) AND (month_day <= 31))),
    CONSTRAINT ck_programme_opens_before_closing CHECK ((opens_at < closes_at)),
    CONSTRAINT ck_programme_retention_positive CHECK ((retention_days > 0)),
    CONSTRAINT ck_programme_round_kind CHECK (((round_kind)::text = ANY ((ARRAY['flash'::character varying, 'spot'::character varying, 'reverse'::character varying, 'keep_in_touch'::character varying])::text[]))),
    CONSTRAINT ck_programme_shape CHECK (((shape)::text = ANY ((ARRAY['pairs'::character varying, 'peers'::character varying, 'groups'::character varying])::text[]))),
    CONSTRAINT ck_programme_weekday_range CHECK (((weekday >= 0) AND (weekday <= 4)))
);
CREATE TABLE public.programme_draft (
    id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    channel character varying NOT NULL,
    by_id bigint NOT NULL,
    form json NOT NULL,
    made_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
CREATE SEQUENCE public.programme_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.programme_draft_id_seq OWNED BY public.programme_draft.id;
CREATE SEQUENCE public.programme_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.programme_id_seq OWNED BY public.programme.id;
CREATE TABLE public.programme_series (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    content json NOT NULL,
    version integer NOT NULL,
    by_id bigint NOT NULL,
    edited_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.programme_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.programme_series_id_seq OWNED BY public.programme_series.id;
CREATE TABLE public.receipt (
    key character varying NOT NULL,
    received_at timestamp with time zone NOT NULL
);
CREATE TABLE public.referral (
    id bigint NOT NULL,
    workspace_id bigint NOT NULL,
    kind character varying(32) NOT NULL,
    request_id bigint,
    session_id bigint,
    from_id bigint NOT NULL,
    to_id bigint NOT NULL,
    for_id bigint NOT NULL,
    words text,
    state character varying(32) NOT NULL,
    channel character varying,
    made_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT ck_referral_kind CHECK (((kind)::text = ANY ((ARRAY['instead'::character varying, 'introduction'::character varying])::text[]))),
    CONSTRAINT ck_referral_somebody_else CHECK (((to_id <> for_id) AND (to_id <> from_id))),
    CONSTRAINT ck_referral_state CHECK (((state)::text = ANY ((ARRAY['named'::character varying, 'agreed'::character varying, 'accepted'::character varying, 'declined'::character varying, 'dropped'::character varying])::text[])))
);
CREATE SEQUENCE public.referral_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.referral_id_seq OWNED BY public.referral.id;
CREATE TABLE public.relationship (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    mentor_id bigint NOT NULL,
    mentee_id bigint NOT NULL,
    area character varying NOT NULL,
    series character varying NOT NULL,
    series_on date,
    state character varying(32) NOT NULL,
    version integer NOT NULL,
    group_channel character varying,
    asked_by_id bigint,
    began_at timestamp with time zone NOT NULL,
    fresh_at timestamp with time zone,
    started_on date,
    ends_on date,
    review_on date,
    ended_at timestamp with time zone,
    ended_by_id bigint,
    gained text,
    erased_at timestamp with time zone,
    CONSTRAINT ck_relationship_state CHECK (((state)::text = ANY ((ARRAY['drafting'::character varying, 'active'::character varying, 'ended'::character varying, 'dropped'::character varying])::text[]))),
    CONSTRAINT ck_relationship_two_people CHECK ((mentor_id <> mentee_id))
);
CREATE SEQUENCE public.relationship_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.relationship_id_seq OWNED BY public.relationship.id;
CREATE TABLE public.request (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    mentee_id bigint NOT NULL,
    invited_id bigint,
    kind character varying(32) NOT NULL,
    is_taster boolean NOT NULL,
    state character varying(32) NOT NULL,
    topic text,
    hoped_for text,
    questions text,
    reason character varying(32),
    areas json NOT NULL,
    formats json NOT NULL,
    windows json NOT NULL,
    length_minutes integer NOT NULL,
    not_again json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    waiting_since timestamp with time zone,
    settled_at timestamp with time zone,
    CONSTRAINT ck_request_kind CHECK (((kind)::text = ANY ((ARRAY['flash'::character varying, 'spot'::character varying, 'reverse'::character varying, 'keep_in_touch'::character varying])::text[]))),
    CONSTRAINT ck_request_length CHECK ((length_minutes = ANY (ARRAY[15, 30, 45, 60]))),
    CONSTRAINT ck_request_reason CHECK (((reason)::text = ANY ((ARRAY['learning'::character varying, 'role'::character varying, 'outside_view'::character varying, 'career'::character varying])::text[]))),
    CONSTRAINT ck_request_state CHECK (((state)::text = ANY ((ARRAY['routing'::character varying, 'waiting'::character varying, 'matched'::character varying, 'withdrawn'::character varying, 'declined'::character varying])::text[])))
);
CREATE SEQUENCE public.request_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.request_id_seq OWNED BY public.request.id;
CREATE TABLE public.round (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    due_on date NOT NULL,
    part integer NOT NULL,
    number integer NOT NULL,
    runs_at timestamp with time zone NOT NULL,
    state character varying(32) NOT NULL,
    seed bigint NOT NULL,
    run integer NOT NULL,
    totals json NOT NULL,
    proof json NOT NULL,
    gone json NOT NULL,
    lost json NOT NULL,
    meets_at timestamp with time zone,
    place character varying NOT NULL,
    made_at timestamp with time zone NOT NULL,
    planned_at timestamp with time zone,
    approved_at timestamp with time zone,
    approved_by_id bigint,
    opened_at timestamp with time zone,
    CONSTRAINT ck_round_state CHECK (((state)::text = ANY ((ARRAY['announced'::character varying, 'running'::character varying, 'planned'::character varying, 'approved'::character varying, 'opened'::character varying, 'cancelled'::character varying])::text[])))
);
CREATE TABLE public.round_constraint (
    id bigint NOT NULL,
    round_id bigint NOT NULL,
    mentee_id bigint NOT NULL,
    mentor_id bigint NOT NULL,
    "constraint" character varying(32) NOT NULL,
    by_id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_round_constraint_constraint CHECK ((("constraint")::text = ANY ((ARRAY['lock'::character varying, 'veto'::character varying])::text[])))
);
CREATE SEQUENCE public.round_constraint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.round_constraint_id_seq OWNED BY public.round_constraint.id;
CREATE SEQUENCE public.round_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.round_id_seq OWNED BY public.round.id;
CREATE TABLE public.round_left (
    id bigint NOT NULL,
    round_id bigint NOT NULL,
    person_id bigint NOT NULL,
    role character varying(32) NOT NULL,
    rule character varying NOT NULL,
    candidates integer NOT NULL,
    counts json NOT NULL,
    areas json NOT NULL,
    CONSTRAINT ck_round_left_role CHECK (((role)::text = ANY ((ARRAY['mentor'::character varying, 'mentee'::character varying])::text[])))
);
CREATE SEQUENCE public.round_left_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.round_left_id_seq OWNED BY public.round_left.id;
CREATE TABLE public.round_pair (
    id bigint NOT NULL,
    round_id bigint NOT NULL,
    mentee_id bigint NOT NULL,
    mentor_id bigint NOT NULL,
    third_id bigint,
    turn integer NOT NULL,
    suitability integer NOT NULL,
    reasons json NOT NULL,
    is_new boolean NOT NULL,
    is_out boolean NOT NULL,
    match_id bigint,
    CONSTRAINT ck_round_pair_two_people CHECK ((mentor_id <> mentee_id))
);
CREATE SEQUENCE public.round_pair_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.round_pair_id_seq OWNED BY public.round_pair.id;
CREATE TABLE public.round_reply (
    id bigint NOT NULL,
    round_id bigint NOT NULL,
    person_id bigint NOT NULL,
    is_in boolean NOT NULL,
    answered_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.round_reply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.round_reply_id_seq OWNED BY public.round_reply.id;
CREATE TABLE public.session (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    match_id bigint NOT NULL,
    mentor_id bigint NOT NULL,
    mentee_id bigint NOT NULL,
    third_id bigint,
    kind character varying(32) NOT NULL,
    is_taster boolean NOT NULL,
    state character varying(32) NOT NULL,
    length_minutes integer NOT NULL,
    format character varying(32),
    place text,
    starts_at timestamp with time zone,
    time_set_by_id bigint,
    plan integer NOT NULL,
    reschedules integer NOT NULL,
    slots json NOT NULL,
    calendar_sequence integer NOT NULL,
    relationship_id bigint,
    group_channel character varying,
    matched_at timestamp with time zone NOT NULL,
    held_at timestamp with time zone,
    closed_at timestamp with time zone,
    cancelled_by_id bigint,
    cancel_reason text,
    erased_at timestamp with time zone,
    CONSTRAINT ck_session_format CHECK (((format)::text = ANY ((ARRAY['in_person'::character varying, 'video'::character varying, 'phone'::character varying, 'walk'::character varying, 'chat'::character varying])::text[]))),
    CONSTRAINT ck_session_kind CHECK (((kind)::text = ANY ((ARRAY['flash'::character varying, 'spot'::character varying, 'reverse'::character varying, 'keep_in_touch'::character varying])::text[]))),
    CONSTRAINT ck_session_length CHECK ((length_minutes = ANY (ARRAY[15, 30, 45, 60]))),
    CONSTRAINT ck_session_state CHECK (((state)::text = ANY ((ARRAY['matched'::character varying, 'scheduled'::character varying, 'held'::character varying, 'missed'::character varying, 'closed'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT ck_session_time_when_scheduled CHECK ((((state)::text <> 'scheduled'::text) OR (starts_at IS NOT NULL))),
    CONSTRAINT ck_session_two_people CHECK ((mentor_id <> mentee_id))
);
CREATE SEQUENCE public.session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.session_id_seq OWNED BY public.session.id;
CREATE TABLE public.slot_tick (
    id bigint NOT NULL,
    session_id bigint NOT NULL,
    plan integer NOT NULL,
    person_id bigint NOT NULL,
    starts_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.slot_tick_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.slot_tick_id_seq OWNED BY public.slot_tick.id;
CREATE TABLE public.tally (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    what character varying NOT NULL,
    month_on date NOT NULL,
    count integer NOT NULL
);
CREATE SEQUENCE public.tally_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.tally_id_seq OWNED BY public.tally.id;
CREATE TABLE public.task_done (
    id bigint NOT NULL,
    relationship_id bigint NOT NULL,
    task character varying NOT NULL,
    title character varying NOT NULL,
    note text,
    is_shared boolean NOT NULL,
    done_at timestamp with time zone
);
CREATE SEQUENCE public.task_done_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.task_done_id_seq OWNED BY public.task_done.id;
CREATE TABLE public.thank_you (
    id bigint NOT NULL,
    session_id bigint NOT NULL,
    from_id bigint NOT NULL,
    text text,
    sent_at timestamp with time zone NOT NULL,
    may_show boolean NOT NULL,
    agreed_at timestamp with time zone
);
CREATE SEQUENCE public.thank_you_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.thank_you_id_seq OWNED BY public.thank_you.id;
CREATE TABLE public.tick (
    id bigint NOT NULL,
    session_id bigint NOT NULL,
    person_id bigint NOT NULL,
    item character varying NOT NULL,
    ticked_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.tick_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.tick_id_seq OWNED BY public.tick.id;
CREATE TABLE public.tie (
    id bigint NOT NULL,
    programme_id bigint NOT NULL,
    first_id bigint NOT NULL,
    second_id bigint NOT NULL,
    mentor_id bigint NOT NULL,
    quarters integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    stopped_at timestamp with time zone,
    stopped_by_id bigint,
    CONSTRAINT ck_tie_in_order CHECK ((first_id < second_id))
);
CREATE SEQUENCE public.tie_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.tie_id_seq OWNED BY public.tie.id;
CREATE TABLE public.tie_reply (
    id bigint NOT NULL,
    tie_id bigint NOT NULL,
    quarter integer NOT NULL,
    person_id bigint NOT NULL,
    wants boolean NOT NULL,
    answered_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.tie_reply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.tie_reply_id_seq OWNED BY public.tie_reply.id;
CREATE TABLE public.workspace (
    id bigint NOT NULL,
    slack_team_id character varying NOT NULL,
    name character varying NOT NULL,
    enterprise_id character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.workspace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.workspace_id_seq OWNED BY public.workspace.id;
ALTER TABLE ONLY public.action_item ALTER COLUMN id SET DEFAULT nextval('public.action_item_id_seq'::regclass);
ALTER TABLE ONLY public.agenda ALTER COLUMN id SET DEFAULT nextval('public.agenda_id_seq'::regclass);
ALTER TABLE ONLY public.agreement ALTER COLUMN id SET DEFAULT nextval('public.agreement_id_seq'::regclass);
ALTER TABLE ONLY public.answer ALTER COLUMN id SET DEFAULT nextval('public.answer_id_seq'::regclass);
ALTER TABLE ONLY public.apart ALTER COLUMN id SET DEFAULT nextval('public.apart_id_seq'::regclass);
ALTER TABLE ONLY public.draft ALTER COLUMN id SET DEFAULT nextval('public.draft_id_seq'::regclass);
ALTER TABLE ONLY public.enrolment ALTER COLUMN id SET DEFAULT nextval('public.enrolment_id_seq'::regclass);
ALTER TABLE ONLY public.feedback ALTER COLUMN id SET DEFAULT nextval('public.feedback_id_seq'::regclass);
ALTER TABLE ONLY public.go_on ALTER COLUMN id SET DEFAULT nextval('public.go_on_id_seq'::regclass);
ALTER TABLE ONLY public.installation ALTER COLUMN id SET DEFAULT nextval('public.installation_id_seq'::regclass);
ALTER TABLE ONLY public.job ALTER COLUMN id SET DEFAULT nextval('public.job_id_seq'::regclass);
ALTER TABLE ONLY public.lead ALTER COLUMN id SET DEFAULT nextval('public.lead_id_seq'::regclass);
ALTER TABLE ONLY public.match ALTER COLUMN id SET DEFAULT nextval('public.match_id_seq'::regclass);
ALTER TABLE ONLY public.offer ALTER COLUMN id SET DEFAULT nextval('public.offer_id_seq'::regclass);
ALTER TABLE ONLY public.people_import ALTER COLUMN id SET DEFAULT nextval('public.people_import_id_seq'::regclass);
ALTER TABLE ONLY public.person ALTER COLUMN id SET DEFAULT nextval('public.person_id_seq'::regclass);
ALTER TABLE ONLY public.place ALTER COLUMN id SET DEFAULT nextval('public.place_id_seq'::regclass);
ALTER TABLE ONLY public.programme ALTER COLUMN id SET DEFAULT nextval('public.programme_id_seq'::regclass);
ALTER TABLE ONLY public.programme_draft ALTER COLUMN id SET DEFAULT nextval('public.programme_draft_id_seq'::regclass);
ALTER TABLE ONLY public.programme_series ALTER COLUMN id SET DEFAULT nextval('public.programme_series_id_seq'::regclass);
ALTER TABLE ONLY public.referral ALTER COLUMN id SET DEFAULT nextval('public.referral_id_seq'::regclass);
ALTER TABLE ONLY public.relationship ALTER COLUMN id SET DEFAULT nextval('public.relationship_id_seq'::regclass);
ALTER TABLE ONLY public.request ALTER COLUMN id SET DEFAULT nextval('public.request_id_seq'::regclass);
ALTER TABLE ONLY public.round ALTER COLUMN id SET DEFAULT nextval('public.round_id_seq'::regclass);
ALTER TABLE ONLY public.round_constraint ALTER COLUMN id SET DEFAULT nextval('public.round_constraint_id_seq'::regclass);
ALTER TABLE ONLY public.round_left ALTER COLUMN id SET DEFAULT nextval('public.round_left_id_seq'::regclass);
ALTER TABLE ONLY public.round_pair ALTER COLUMN id SET DEFAULT nextval('public.round_pair_id_seq'::regclass);
ALTER TABLE ONLY public.round_reply ALTER COLUMN id SET DEFAULT nextval('public.round_reply_id_seq'::regclass);
ALTER TABLE ONLY public.session ALTER COLUMN id SET DEFAULT nextval('public.session_id_seq'::regclass);
ALTER TABLE ONLY public.slot_tick ALTER COLUMN id SET DEFAULT nextval('public.slot_tick_id_seq'::regclass);
ALTER TABLE ONLY public.tally ALTER COLUMN id SET DEFAULT nextval('public.tally_id_seq'::regclass);
ALTER TABLE ONLY public.task_done ALTER COLUMN id SET DEFAULT nextval('public.task_done_id_seq'::regclass);
ALTER TABLE ONLY public.thank_you ALTER COLUMN id SET DEFAULT nextval('public.thank_you_id_seq'::regclass);
ALTER TABLE ONLY public.tick ALTER COLUMN id SET DEFAULT nextval('public.tick_id_seq'::regclass);
ALTER TABLE ONLY public.tie ALTER COLUMN id SET DEFAULT nextval('public.tie_id_seq'::regclass);
ALTER TABLE ONLY public.tie_reply ALTER COLUMN id SET DEFAULT nextval('public.tie_reply_id_seq'::regclass);
ALTER TABLE ONLY public.workspace ALTER COLUMN id SET DEFAULT nextval('public.workspace_id_seq'::regclass);
INSERT INTO public.action_item VALUES (1, 1, 1, 1, 'gAAAAABrAo6zbXP3vw5aCsIlYaVpW-XS99L1ktjzfx7TWqnRY1spkyQZkG_bes8inVqGPb9xCQwNA2k7e8IFEx0yvM-3f8galA==', '2026-11-23', 'open', '2026-11-23 10:00:00+00', NULL);
INSERT INTO public.action_item VALUES (2, 1, 2, 2, 'gAAAAABrAo6zdLhA6cX2LW6cqUFHPQZcqExoh1Hbi7HTJ0ekMcPTYsW1HX1e4NrdzWBMXF7FLvW70Au27uOwnYoWED0fWgZSTQ==', '2026-11-23', 'open', '2026-11-23 10:00:00+00', NULL);
INSERT INTO public.agenda VALUES (1, 1, 'gAAAAABrAo6zjq36_NLwDFIoirO4Ii7YT4Tn-ovTSNs-CmQqJqhx0wET-2k-0kuKRthskH8gTlLVMTfFYxVyfUQ_sOW0TVy6Zj8tEHM3NKb0xC3f-igzlXsGbXgrdtbtHmteVAwGiYXrBmnSc278iwRDmtZPrYN396f1ADCgEeIbCjypX6v6xAmZKIOSuJhZSxtZapVhmEaOkB7nSFp-XSAAnmE-XMOddw==', 1, '2026-11-16 10:00:00+00', 'gAAAAABrAo6zmXDrr8LMRyeTMQwNG8Fc0ddW0WlsSmKbzKr7t2CunDOGW9omcd1oXjul7Cq9sYVtBO68CSnbv7suW0lj6qpZyi_pibHgL12bxXGKm3Y-ma4=', NULL, NULL);
INSERT INTO public.agenda VALUES (2, 2, 'gAAAAABrAo6zkQ9JCr-qebXjoPvlZjY0m0K92Ti2jtCsrOFSiUM18DpTWUG4gAdOSFVD6_ZWeO7_moNkRQtlFs1yWK9sCGZcB2jDrl6irc7LomgYFQaeYbjjRStsKGvy5zkwZVFj9L0LJWENk95z5OkBmBLyfCh_QAbwEYwEXlk66-wcg8npL-YL5XcbF-gOeYAvM39c2o-3CfUY9byKJBR4llmNweDnaQ==', 1, '2026-11-16 10:00:00+00', 'gAAAAABrAo6zzRono9c9PhDHDG67Tcb5GLlgJSnkJiFXOU4RfDticF8d32f9PILVb4vvOfN1hEi7efXi9OdEgJ3pvhVzCd5d7g==', NULL, NULL);
INSERT INTO public.agreement VALUES (1, 1, 1, 'gAAAAABrAo6zChU5mmAdEJHfBXtqhm1LkXHYNkn-n5rSLhJ6bDbrdu8jRGPl3B_Vpi7QBYUtXIhRa3B15JO8ShPbMkzphIKN1GQY6MuD5hqIYMD83-T7dEk=', 'month', 60, 6, true, 1, '2026-11-16 10:00:00+00', NULL, NULL);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.answer VALUES (1, 1, 1, 1, 'yes', '2026-11-16 10:00:00+00');
INSERT INTO public.answer VALUES (2, 1, 1, 2, 'yes', '2026-11-16 10:00:00+00');
INSERT INTO public.apart VALUES (1, 1, 3, '2026-11-16 10:00:00+00');
INSERT INTO public.apart VALUES (2, 3, 1, '2026-11-16 10:00:00+00');
INSERT INTO public.draft VALUES (1, 1, 'gAAAAABrAo6zhZPgdLwMXZmX3-wIrY9KXNnucs6_Soycs_opbrhx5Nqe-1qVa5EjNY1h3YBvsx80FRoag8zfjipyeqWnj9KBPw==', '2026-11-16 10:00:00+00', NULL);
INSERT INTO public.enrolment VALUES (1, 1, 2, 'mentor', '[]', '', 2, false, '[]', '[]', 0, NULL, '2026-11-23 10:00:00+00');
INSERT INTO public.enrolment VALUES (2, 1, 1, 'mentor', '["writing"]', 'ada: topics', 1, false, '[]', '["tue_am"]', 0, NULL, '2026-11-16 10:00:00+00');
INSERT INTO public.feedback VALUES (1, 1, 1, 4, 'gAAAAABrAo6zr5xpM_Vnede3HCoEP_j84hK48hcdfwrBnR1mh_x6aXA3DR0Mg7x2xvzvS4DW_pHo1vEzdfVEnIMJAAndDMMP-Q==', '2026-11-16 10:00:00+00');
INSERT INTO public.feedback VALUES (2, 1, 2, 4, 'gAAAAABrAo6zqYm0R4mjBGC82i61DuZ_Lg4CTR9G3xLxrUMDPz_pmloP1X4n7YLndpj_mxLmkuAC5AttcHHmjUQK8UkMOy2S_wzv9Fjk5gmxtGtXVCCtc0w=', '2026-11-16 10:00:00+00');
INSERT INTO public.go_on VALUES (1, 1, 1, 'gAAAAABrAo6zD2xC-jdAW5my5nFSOrfnzy3We12KI8RFp2OXFWQpeMqOVgM9D_f2j_O74emLf03RLUnpQv5QfdlQrVowu02Iyw==', '2026-11-16 10:00:00+00', NULL);
INSERT INTO public.go_on VALUES (2, 1, 2, 'gAAAAABrAo6zeBoS-R3srv0eQ9CBbr5kFKM1CIB_66okEjXKckTTlpPfVerlmSd2FMykfUe-2XnYcLlKzT9ng0fQuiTHi8Y9cpD0FZOfzq8dU4IBimvVcP8=', '2026-11-16 10:00:00+00', NULL);
INSERT INTO public.job VALUES (1, 'agenda_saved', 'test:4', 1, 1, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-23 10:00:00+00', NULL, 'done', 1, 1, 0, NULL, NULL, 'DADA', '1.0', '2026-11-16 10:00:00+00', NULL, NULL, NULL, '2026-11-23 10:00:00+00');
INSERT INTO public.job VALUES (2, 'mentor_welcome', 'test:5', 1, 1, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-23 10:00:00+00', NULL, 'done', 1, 1, 0, NULL, NULL, 'DADA', '1.1', '2026-11-16 10:00:00+00', NULL, NULL, NULL, '2026-11-23 10:00:00+00');
INSERT INTO public.lead VALUES (1, 1, 1, '2026-11-16 10:00:00+00');
INSERT INTO public.match VALUES (1, 1, NULL, NULL, NULL, 2, 1, '[]', '2026-11-23 10:00:00+00');
INSERT INTO public.match VALUES (2, 2, NULL, NULL, NULL, 1, 2, '[]', '2026-11-23 10:00:00+00');
INSERT INTO public.match VALUES (3, NULL, 1, NULL, NULL, 2, 1, '[{"key": "near", "facts": {"location": "ada: near"}}]', '2026-11-16 10:00:00+00');
INSERT INTO public.offer VALUES (1, 3, 2, 'declined', '[]', 0, '2026-11-23 10:00:00+00', '2026-11-25 10:00:00+00', NULL, NULL, 'gAAAAABrAo6zdRQm_aiBf9_DkhIm_zJk_hf5QgLp0-wpB5akpcSZImpRADbdsuHHw88O6C7o0i08hK6WQNQh52z3Zne74VNRD0ofDSn_PK7CWPRJwBAPf08=');
INSERT INTO public.offer VALUES (2, 4, 1, 'declined', '[{"key": "near", "facts": {"location": "ada: near"}}]', 0, '2026-11-23 10:00:00+00', '2026-11-25 10:00:00+00', NULL, NULL, 'gAAAAABrAo6zkZB-P7zuSrYnAMbOsi2ScLy4D5Dc8xo6cq3PIbUW5iaSpxN9ud_Jrti9erIhro3mdB8x8FJR3sten0oUlNaTUQ==');
INSERT INTO public.offer VALUES (3, 5, 1, 'declined', '[]', 0, '2026-11-23 10:00:00+00', '2026-11-25 10:00:00+00', NULL, NULL, NULL);
INSERT INTO public.people_import VALUES (1, 1, 2, 'F1', 'gAAAAABrAo6znwdzKOCAsBzvJQ-OJ8qsrYjzLz6Iryi-YdMPp2zf0skDK3NhWh7tGYEIQRHMFCJh7A4ToKxqFynWfCvIWdkb0DV0Q68dY5JFHuEZbT5btoi_Ui0OBf3sb44EQjmZsyhKx0cI6SG9obu8U9lPTIsLC7C5xHhpkR-n6Ehl3Ap195ZWOF9xVdYSkySc-6zgESFh', NULL, '{}', NULL, '2026-11-16 10:00:00+00', NULL, NULL, NULL);
INSERT INTO public.people_import VALUES (2, 1, 1, 'F2', 'gAAAAABrAo6zP7-XFy8TtpP0566jvpGz8_VStiVCZBJcDj8q0QdXwxJ2KWIX6M9-TpJuenRKLCrEWbOhnxNH0BI6Vkhgvi50Mg==', NULL, '{}', NULL, '2026-11-16 10:00:00+00', NULL, NULL, NULL);
INSERT INTO public.person VALUES (1, 1, 'UADA', 'Ada Adeyemi', 'ada: title', 'Europe/London', 'en-GB', false, false, false, true, '09:00:00', '17:00:00', false, NULL, 'ada: department', 3, '["en", "de"]', 'ada: location', 'GB', NULL, '["thu_pm"]', 'https://ada.example', 0, 'DADA', NULL, NULL, '2026-11-23 10:00:00+00', NULL);
INSERT INTO public.person VALUES (2, 1, 'UBRUNO', 'Bruno Costa', '', 'Europe/London', '', false, false, false, false, '09:00:00', '17:00:00', false, NULL, '', NULL, '[]', '', '', 1, '[]', '', 0, NULL, NULL, NULL, '2026-11-23 10:00:00+00', NULL);
INSERT INTO public.person VALUES (3, 1, 'UCHEN', 'Chen Wei', '', 'Europe/London', '', false, false, false, false, '09:00:00', '17:00:00', false, NULL, '', NULL, '[]', '', '', NULL, '[]', '', 0, NULL, NULL, NULL, '2026-11-23 10:00:00+00', NULL);
INSERT INTO public.place VALUES (1, 1, 1, '2026-11', 1, NULL, NULL);
INSERT INTO public.programme VALUES (1, 1, 'Open', NULL, '', '', '[]', 'pairs', 'flash', 'none', 1, 1, '10:00:00', 'UTC', NULL, false, false, 'lead', 30, 1, '[]', '[]', 4, '{}', true, '', '09:00:00', '17:00:00', 90, NULL, NULL, '2026-11-23 10:00:00+00');
INSERT INTO public.programme_draft VALUES (1, 1, 'C1', 1, '{"name": "ada: programme"}', '2026-11-16 10:00:00+00', NULL);
INSERT INTO public.programme_series VALUES (1, 1, '{}', 1, 1, '2026-11-16 10:00:00+00');
INSERT INTO public.referral VALUES (1, 1, 'introduction', NULL, 1, 1, 3, 2, 'gAAAAABrAo6zsPahmBFIfWYwoMyZkEvzGNqqwKjFP3QCkXvh5r0HjFcKr-wV1UntorW6YXk8bXOjyOuTYoR4qB-ab9ztKyIi0w==', 'named', NULL, '2026-11-16 10:00:00+00', NULL);
INSERT INTO public.referral VALUES (2, 1, 'introduction', NULL, 1, 2, 1, 3, 'gAAAAABrAo6zEl_5WecECLoYGlIjx5G1kSM3bKMlCoH71yvx1B5Z-8ECtoemqy7jYnvmbfnSJVmaQDCS8RLtLTJW33nSt9biarATMyqsdaHr1_W12M9BaDg=', 'accepted', NULL, '2026-11-16 10:00:00+00', NULL);
INSERT INTO public.referral VALUES (3, 1, 'introduction', NULL, 1, 3, 1, 2, 'gAAAAABrAo6zNJTj6NRoUOfih23r8rn4ajiy3BxfsbOlOWZvNlGMsoL_kV0I1Lfm4LGxTi0MSBwNE2lizQlSmBnP9Acyimusp1xQLoh1bPo9Rk03ZpMzreQ=', 'named', NULL, '2026-11-16 10:00:00+00', NULL);
INSERT INTO public.relationship VALUES (1, 1, 2, 1, '', '', NULL, 'active', 1, NULL, NULL, '2026-11-16 10:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, 'gAAAAABrAo6zFUB5AWiIRmA7VVbkocI-v8jaWTVLwpxdrLLVcHxQsEkCayNOmsn_f9oksKm5wE6U7zgQI9OTh7IeBXAkg3csgMQWnvL7EnevdofPDByS_BFuuzqN7OeaTU64IsVZtPiq', NULL);
INSERT INTO public.request VALUES (1, 1, 1, NULL, 'flash', false, 'matched', 'gAAAAABrAo6zgZSy1RYRJ3Fk-SvUwqUvpkgKp4EtsW35ZnDmihxSO_gT_eA-yAqKG2Q4-2FYcFAWxoHe2une6eNDkv9ClgeFymfim0FUNsPbzskOKHM0rf4=', 'gAAAAABrAo6zDpVCSsC6tqedpwcnfwwSNjlauN7l_7vSQKouIxUHv5zSs1rjxvYgpHxoxyETzcQr5Dnny-QbAu0xV8POOY7AXrR6_Wk0XL-ujfFRBSUd1U0=', 'gAAAAABrAo6zlLzb-M_Qb_eWkzOyA0o52fglTR_4cmCZWwdwtEpI9Y6FYPoEU5e9Q7tGjUWvPDyXGMrpkx-Ow5T4zdlLK3nXUQ==', NULL, '[]', '["video"]', '[]', 30, '[]', '2026-11-23 10:00:00+00', NULL, NULL);
INSERT INTO public.request VALUES (2, 1, 2, NULL, 'flash', false, 'matched', 'gAAAAABrAo6zuztX61aneqhpjecFZNzfwmriNNarMbhnPrY3mvf7bIvNIcZJgCHAnFntg3WFTuIyo-3bVKm1vXjmLQRLy1Odsan4PPFWs69RUDNfHNkT_aI=', 'gAAAAABrAo6zmMOZxB2KhYA6TPsoC3CNEjffGJYJshOZgkmrP-47slTaHz3xeIjOT7Y3tgnH335SKsYPPTHnRLp7_yCc2McQGOFhLSsol5_zVLlFVUT_3Kg=', 'gAAAAABrAo6zB5XwG99hsENp3D-q4HEU8HGH_JaOLYAC5SuKP_05P_ZYtLVEZd701GtTCpSDTPL76Mwenk9oKR_weMi6huasqw==', NULL, '[]', '["video"]', '[]', 30, '[]', '2026-11-23 10:00:00+00', NULL, NULL);
INSERT INTO public.request VALUES (3, 1, 1, 2, 'spot', false, 'withdrawn', 'gAAAAABrAo6znV5DItp5GIAzlbYix9nE5idqriuiEU8VFqFTZvUHbeYru7SpPhvTX0tjmXX4wYzydkjitoqgrlsgZj2FSEc5_g==', 'gAAAAABrAo6zpFeSBSSnpjft936n_NDzyU4SOPYftxj9VwMlb1NFaY-_K5MAqf3RvYFBYNlMz6WVeZ_zuIB86UT2wSIPkyqa0Q==', 'gAAAAABrAo6zsVw9rkWJFb6o-k7RfEAk-HxEg7jNnWpjk_MeYxtSd3yxwLg_HUKnlgOwYj31zmF40L5oDbl4PYRU9vdnN8K96JvNj7gWTbnBMQZqPD18Dpk=', NULL, '[]', '["video"]', '["mon_am"]', 30, '[]', '2026-11-23 10:00:00+00', NULL, NULL);
INSERT INTO public.request VALUES (4, 1, 2, NULL, 'flash', false, 'withdrawn', 'gAAAAABrAo6zAbZE_-_HHToNVQGYE9mhw26qg2McrTtE94r-vWCsm6Vt4Cf45hfoNGFuwI4Qhfzh6R-D4wbE-vy33AwmarAOjw==', 'gAAAAABrAo6za6cLlvwN4HVlBAy-fKxjneOzA7xLG6iCqE6McLJTz6H0RW6f1CC07cw1vu9m8UGchmhzxea3dGc5kUyE5mwD-Q==', 'gAAAAABrAo6zHoy_rTIBCBdx1wzD1_4Nkl373sqTAD6cACm26h0KQ3oZALDnE7iw4IUSmBeBkXWRPVlMYM9IsrRzJ11VmKf2Nw==', NULL, '[]', '["video"]', '[]', 30, '[]', '2026-11-23 10:00:00+00', NULL, NULL);
INSERT INTO public.request VALUES (5, 1, 3, 1, 'flash', false, 'withdrawn', 'gAAAAABrAo6z7l1FwRGNL4LoA7XOrYMMXDMiZnqEEhwKfkJ72yfUc9jKEXiWKWhGg9vY0WU_Nz6w39tzL_CbBUA6AjQFwDmblivwxRD1-0qSUuxZfHP5OsA=', 'gAAAAABrAo6zTvcasObHJVL5T6w6Vrol5lHjN6qXbjhmS0qLWDvGjVTefvY98DnEWSis7eUxIs2xSozS8DRT55FAFs48bmA90oiDzH_bTuT5dk2qIBy4Qqk=', 'gAAAAABrAo6zn-eaF8q9IA56kzlt8aUegkTSax5vhZt18rxc4Lcf1YMSdtQrBe0J5iUExxSjBJMpY2K6VDwXxfKiwlzAaf_1Zg==', NULL, '[]', '["video"]', '[]', 30, '[]', '2026-11-23 10:00:00+00', NULL, NULL);
INSERT INTO public.round VALUES (1, 1, '2026-11-10', 0, 1, '2026-11-16 10:00:00+00', 'opened', 0, 0, '{}', '{}', '[]', '[]', NULL, '', '2026-11-16 10:00:00+00', NULL, NULL, 1, NULL);
INSERT INTO public.round_constraint VALUES (1, 1, 1, 2, 'veto', 3, '2026-11-16 10:00:00+00');
INSERT INTO public.round_left VALUES (1, 1, 1, 'mentee', 'topic', 0, '{}', '["writing"]');
INSERT INTO public.round_pair VALUES (1, 1, 1, 2, NULL, 0, 0, '[{"key": "near", "facts": {"location": "ada: near"}}]', false, false, 3);
INSERT INTO public.round_reply VALUES (1, 1, 1, true, '2026-11-16 10:00:00+00');
INSERT INTO public.session VALUES (1, 1, 1, 2, 1, NULL, 'flash', false, 'closed', 30, NULL, 'gAAAAABrAo6zk7jh7MDB58GcCtaZ3_a7Ommt6BV38oiYZW0VxN7agEzWE6Hxly7HgrvRAw1d13eO3mtvdAaUpYSsDRq_sp2cqA==', '2026-11-16 10:00:00+00', 1, 1, 0, '[]', 0, NULL, NULL, '2026-11-23 10:00:00+00', '2026-11-16 10:00:00+00', '2026-11-16 10:00:00+00', NULL, NULL, NULL);
INSERT INTO public.session VALUES (2, 1, 2, 1, 2, NULL, 'flash', false, 'cancelled', 30, NULL, NULL, NULL, NULL, 0, 0, '[]', 0, NULL, NULL, '2026-11-23 10:00:00+00', NULL, '2026-11-16 10:00:00+00', 1, 'gAAAAABrAo6za5M7o0ITZjWnzVVNO0WCn2F2QGlDWBvleCF1SltY9XOLYBIb4N5a2lxcFKF_J7xnrL7XRtpbatcmOUcdYA6w_wIUFVxevGMnJ94d2XcbMoQ=', NULL);
INSERT INTO public.slot_tick VALUES (1, 1, 1, 1, '2026-11-16 10:00:00+00');
INSERT INTO public.task_done VALUES (1, 1, 'goal', '', 'gAAAAABrAo6zG5F4ko_lyY5KAYwA7dlqZQ55WJjLj_UVw5szYRGUmTzs5YMfizR13kEPUxIEJvNS9ve09dDL_-GctEcTcFAsIg==', false, '2026-11-16 10:00:00+00');
INSERT INTO public.thank_you VALUES (1, 1, 1, 'gAAAAABrAo6zvPWN_fxgGiE7ryil1sheaMiXmRlo7cETnwRvxv1MFllZVjeezlkzHXURr71agse5Flp9w42L00swpdPS6Nymqw==', '2026-11-16 10:00:00+00', false, NULL);
INSERT INTO public.thank_you VALUES (2, 1, 2, 'gAAAAABrAo6zK-Bu0IJsbV8WKh2W6xe3AYrzK_WhVEUbxsYebwjwub_OYCApm7c3AWIu-7aZbYYzijI8c4iyVV88jq-C8sncvw==', '2026-11-16 10:00:00+00', false, NULL);
INSERT INTO public.tick VALUES (1, 1, 1, 'question', '2026-11-16 10:00:00+00');
INSERT INTO public.tie VALUES (1, 1, 1, 2, 2, 0, '2026-11-16 10:00:00+00', NULL, NULL);
INSERT INTO public.tie_reply VALUES (1, 1, 1, 1, true, '2026-11-16 10:00:00+00');
INSERT INTO public.tie_reply VALUES (2, 1, 1, 2, false, '2026-11-16 10:00:00+00');
INSERT INTO public.workspace VALUES (1, 'T0LANTERN', '', '', '2026-11-23 10:00:00+00');
SELECT pg_catalog.setval('public.action_item_id_seq', 2, true);
SELECT pg_catalog.setval('public.agenda_id_seq', 2, true);
SELECT pg_catalog.setval('public.agreement_id_seq', 1, true);
SELECT pg_catalog.setval('public.answer_id_seq', 2, true);
SELECT pg_catalog.setval('public.apart_id_seq', 2, true);
SELECT pg_catalog.setval('public.draft_id_seq', 1, true);
SELECT pg_catalog.setval('public.enrolment_id_seq', 2, true);
SELECT pg_catalog.setval('public.feedback_id_seq', 2, true);
SELECT pg_catalog.setval('public.go_on_id_seq', 2, true);
SELECT pg_catalog.setval('public.installation_id_seq', 1, false);
SELECT pg_catalog.setval('public.job_id_seq', 2, true);
SELECT pg_catalog.setval('public.lead_id_seq', 1, true);
SELECT pg_catalog.setval('public.match_id_seq', 3, true);
SELECT pg_catalog.setval('public.offer_id_seq', 3, true);
SELECT pg_catalog.setval('public.people_import_id_seq', 2, true);
SELECT pg_catalog.setval('public.person_id_seq', 3, true);
SELECT pg_catalog.setval('public.place_id_seq', 1, true);
SELECT pg_catalog.setval('public.programme_draft_id_seq', 1, true);
SELECT pg_catalog.setval('public.programme_id_seq', 1, true);
SELECT pg_catalog.setval('public.programme_series_id_seq', 1, true);
SELECT pg_catalog.setval('public.referral_id_seq', 3, true);
SELECT pg_catalog.setval('public.relationship_id_seq', 1, true);
SELECT pg_catalog.setval('public.request_id_seq', 5, true);
SELECT pg_catalog.setval('public.round_constraint_id_seq', 1, true);
SELECT pg_catalog.setval('public.round_id_seq', 1, true);
SELECT pg_catalog.setval('public.round_left_id_seq', 1, true);
SELECT pg_catalog.setval('public.round_pair_id_seq', 1, true);
SELECT pg_catalog.setval('public.round_reply_id_seq', 1, true);
SELECT pg_catalog.setval('public.session_id_seq', 2, true);
SELECT pg_catalog.setval('public.slot_tick_id_seq', 1, true);
SELECT pg_catalog.setval('public.tally_id_seq', 1, false);
SELECT pg_catalog.setval('public.task_done_id_seq', 1, true);
SELECT pg_catalog.setval('public.thank_you_id_seq', 2, true);
SELECT pg_catalog.setval('public.tick_id_seq', 1, true);
SELECT pg_catalog.setval('public.tie_id_seq', 1, true);
SELECT pg_catalog.setval('public.tie_reply_id_seq', 2, true);
SELECT pg_catalog.setval('public.workspace_id_seq', 1, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.action_item
    ADD CONSTRAINT pk_action_item PRIMARY KEY (id);
ALTER TABLE ONLY public.agenda
    ADD CONSTRAINT pk_agenda PRIMARY KEY (id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT pk_agreement PRIMARY KEY (id);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT pk_answer PRIMARY KEY (id);
ALTER TABLE ONLY public.apart
    ADD CONSTRAINT pk_apart PRIMARY KEY (id);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT pk_draft PRIMARY KEY (id);
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT pk_enrolment PRIMARY KEY (id);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT pk_feedback PRIMARY KEY (id);
ALTER TABLE ONLY public.go_on
    ADD CONSTRAINT pk_go_on PRIMARY KEY (id);
ALTER TABLE ONLY public.installation
    ADD CONSTRAINT pk_installation PRIMARY KEY (id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT pk_job PRIMARY KEY (id);
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT pk_lead PRIMARY KEY (id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT pk_match PRIMARY KEY (id);
ALTER TABLE ONLY public.oauth_state
    ADD CONSTRAINT pk_oauth_state PRIMARY KEY (state_hash);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT pk_offer PRIMARY KEY (id);
ALTER TABLE ONLY public.pace
    ADD CONSTRAINT pk_pace PRIMARY KEY (team_id, method);
ALTER TABLE ONLY public.people_import
    ADD CONSTRAINT pk_people_import PRIMARY KEY (id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT pk_person PRIMARY KEY (id);
ALTER TABLE ONLY public.place
    ADD CONSTRAINT pk_place PRIMARY KEY (id);
ALTER TABLE ONLY public.programme
    ADD CONSTRAINT pk_programme PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_draft
    ADD CONSTRAINT pk_programme_draft PRIMARY KEY (id);
ALTER TABLE ONLY public.programme_series
    ADD CONSTRAINT pk_programme_series PRIMARY KEY (id);
ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT pk_receipt PRIMARY KEY (key);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT pk_referral PRIMARY KEY (id);
ALTER TABLE ONLY public.relationship
    ADD CONSTRAINT pk_relationship PRIMARY KEY (id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT pk_request PRIMARY KEY (id);
ALTER TABLE ONLY public.round
    ADD CONSTRAINT pk_round PRIMARY KEY (id);
ALTER TABLE ONLY public.round_constraint
    ADD CONSTRAINT pk_round_constraint PRIMARY KEY (id);
ALTER TABLE ONLY public.round_left
    ADD CONSTRAINT pk_round_left PRIMARY KEY (id);
ALTER TABLE ONLY public.round_pair
    ADD CONSTRAINT pk_round_pair PRIMARY KEY (id);
ALTER TABLE ONLY public.round_reply
    ADD CONSTRAINT pk_round_reply PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT pk_session PRIMARY KEY (id);
ALTER TABLE ONLY public.slot_tick
    ADD CONSTRAINT pk_slot_tick PRIMARY KEY (id);
ALTER TABLE ONLY public.tally
    ADD CONSTRAINT pk_tally PRIMARY KEY (id);
ALTER TABLE ONLY public.task_done
    ADD CONSTRAINT pk_task_done PRIMARY KEY (id);
ALTER TABLE ONLY public.thank_you
    ADD CONSTRAINT pk_thank_you PRIMARY KEY (id);
ALTER TABLE ONLY public.tick
    ADD CONSTRAINT pk_tick PRIMARY KEY (id);
ALTER TABLE ONLY public.tie
    ADD CONSTRAINT pk_tie PRIMARY KEY (id);
ALTER TABLE ONLY public.tie_reply
    ADD CONSTRAINT pk_tie_reply PRIMARY KEY (id);
ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT pk_workspace PRIMARY KEY (id);
ALTER TABLE ONLY public.agenda
    ADD CONSTRAINT uq_agenda_session_id UNIQUE (session_id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT uq_agreement_relationship_id_version UNIQUE (relationship_id, version);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT uq_answer_session_id_plan_person_id UNIQUE (session_id, plan, person_id);
ALTER TABLE ONLY public.apart
    ADD CONSTRAINT uq_apart_person_id_other_id UNIQUE (person_id, other_id);
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT uq_enrolment_programme_id_person_id_role UNIQUE (programme_id, person_id, role);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT uq_feedback_session_id_person_id UNIQUE (session_id, person_id);
ALTER TABLE ONLY public.go_on
    ADD CONSTRAINT uq_go_on_session_id_person_id UNIQUE (session_id, person_id);
ALTER TABLE ONLY public.installation
    ADD CONSTRAINT uq_installation_slack_id UNIQUE (slack_id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT uq_job_dedupe_key UNIQUE (dedupe_key);
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT uq_lead_programme_id_person_id UNIQUE (programme_id, person_id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT uq_match_request_id UNIQUE (request_id);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT uq_offer_request_id_mentor_id UNIQUE (request_id, mentor_id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT uq_person_workspace_id_slack_id UNIQUE (workspace_id, slack_id);
ALTER TABLE ONLY public.place
    ADD CONSTRAINT uq_place_programme_id_mentor_id_month_number UNIQUE (programme_id, mentor_id, month, number);
ALTER TABLE ONLY public.programme_series
    ADD CONSTRAINT uq_programme_series_programme_id UNIQUE (programme_id);
ALTER TABLE ONLY public.programme
    ADD CONSTRAINT uq_programme_workspace_id_channel UNIQUE (workspace_id, channel);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT uq_referral_request_id_to_id UNIQUE (request_id, to_id);
ALTER TABLE ONLY public.round_constraint
    ADD CONSTRAINT uq_round_constraint_round_id_mentee_id_mentor_id UNIQUE (round_id, mentee_id, mentor_id);
ALTER TABLE ONLY public.round_left
    ADD CONSTRAINT uq_round_left_round_id_person_id_role UNIQUE (round_id, person_id, role);
ALTER TABLE ONLY public.round_pair
    ADD CONSTRAINT uq_round_pair_round_id_mentee_id_mentor_id_turn UNIQUE (round_id, mentee_id, mentor_id, turn);
ALTER TABLE ONLY public.round
    ADD CONSTRAINT uq_round_programme_id_due_on_part UNIQUE (programme_id, due_on, part);
ALTER TABLE ONLY public.round_reply
    ADD CONSTRAINT uq_round_reply_round_id_person_id UNIQUE (round_id, person_id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT uq_session_match_id UNIQUE (match_id);
ALTER TABLE ONLY public.slot_tick
    ADD CONSTRAINT uq_slot_tick_session_id_plan_person_id_starts_at UNIQUE (session_id, plan, person_id, starts_at);
ALTER TABLE ONLY public.tally
    ADD CONSTRAINT uq_tally_programme_id_what_month_on UNIQUE (programme_id, what, month_on);
ALTER TABLE ONLY public.task_done
    ADD CONSTRAINT uq_task_done_relationship_id_task UNIQUE (relationship_id, task);
ALTER TABLE ONLY public.thank_you
    ADD CONSTRAINT uq_thank_you_session_id_from_id UNIQUE (session_id, from_id);
ALTER TABLE ONLY public.tick
    ADD CONSTRAINT uq_tick_session_id_person_id_item UNIQUE (session_id, person_id, item);
ALTER TABLE ONLY public.tie_reply
    ADD CONSTRAINT uq_tie_reply_tie_id_quarter_person_id UNIQUE (tie_id, quarter, person_id);
ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT uq_workspace_slack_team_id UNIQUE (slack_team_id);
CREATE INDEX ix_action_item_author_id ON public.action_item USING btree (author_id);
CREATE INDEX ix_action_item_owner_id ON public.action_item USING btree (owner_id);
CREATE INDEX ix_action_item_session_id ON public.action_item USING btree (session_id);
CREATE INDEX ix_agreement_by_id ON public.agreement USING btree (by_id);
CREATE INDEX ix_agreement_relationship_id ON public.agreement USING btree (relationship_id);
CREATE INDEX ix_answer_person_id ON public.answer USING btree (person_id);
CREATE INDEX ix_answer_session_id ON public.answer USING btree (session_id);
CREATE INDEX ix_apart_other_id ON public.apart USING btree (other_id);
CREATE INDEX ix_apart_person_id ON public.apart USING btree (person_id);
CREATE INDEX ix_draft_person_id ON public.draft USING btree (person_id);
CREATE INDEX ix_enrolment_person_id ON public.enrolment USING btree (person_id);
CREATE INDEX ix_enrolment_programme_id ON public.enrolment USING btree (programme_id);
CREATE INDEX ix_feedback_person_id ON public.feedback USING btree (person_id);
CREATE INDEX ix_feedback_session_id ON public.feedback USING btree (session_id);
CREATE INDEX ix_go_on_person_id ON public.go_on USING btree (person_id);
CREATE INDEX ix_go_on_session_id ON public.go_on USING btree (session_id);
CREATE INDEX ix_job_action_id ON public.job USING btree (action_id);
CREATE INDEX ix_job_draft_id ON public.job USING btree (draft_id);
CREATE INDEX ix_job_import_id ON public.job USING btree (import_id);
CREATE INDEX ix_job_offer_id ON public.job USING btree (offer_id);
CREATE INDEX ix_job_programme_id ON public.job USING btree (programme_id);
CREATE INDEX ix_job_referral_id ON public.job USING btree (referral_id);
CREATE INDEX ix_job_relationship_id ON public.job USING btree (relationship_id);
CREATE INDEX ix_job_request_id ON public.job USING btree (request_id);
CREATE INDEX ix_job_round_id ON public.job USING btree (round_id);
CREATE INDEX ix_job_said ON public.job USING btree (recipient_id, said_at);
CREATE INDEX ix_job_session_id ON public.job USING btree (session_id);
CREATE INDEX ix_job_tie_id ON public.job USING btree (tie_id);
CREATE INDEX ix_job_turn ON public.job USING btree (workspace_id, rank, due_at, id) WHERE ((state)::text = 'pending'::text);
CREATE INDEX ix_job_waiting ON public.job USING btree (due_at, id) WHERE ((state)::text = 'pending'::text);
CREATE INDEX ix_job_workspace_id ON public.job USING btree (workspace_id);
CREATE INDEX ix_lead_person_id ON public.lead USING btree (person_id);
CREATE INDEX ix_lead_programme_id ON public.lead USING btree (programme_id);
CREATE INDEX ix_match_mentee_id ON public.match USING btree (mentee_id);
CREATE INDEX ix_match_mentor_id ON public.match USING btree (mentor_id);
CREATE INDEX ix_match_relationship_id ON public.match USING btree (relationship_id);
CREATE INDEX ix_match_round_id ON public.match USING btree (round_id);
CREATE INDEX ix_match_tie_id ON public.match USING btree (tie_id);
CREATE INDEX ix_oauth_state_expires_at ON public.oauth_state USING btree (expires_at);
CREATE INDEX ix_offer_mentor_id ON public.offer USING btree (mentor_id);
CREATE INDEX ix_offer_request_id ON public.offer USING btree (request_id);
CREATE INDEX ix_people_import_by_id ON public.people_import USING btree (by_id);
CREATE INDEX ix_people_import_programme_id ON public.people_import USING btree (programme_id);
CREATE INDEX ix_person_manager_id ON public.person USING btree (manager_id);
CREATE INDEX ix_person_workspace_id ON public.person USING btree (workspace_id);
CREATE INDEX ix_place_match_id ON public.place USING btree (match_id);
CREATE INDEX ix_place_mentor_id ON public.place USING btree (mentor_id);
CREATE INDEX ix_place_offer_id ON public.place USING btree (offer_id);
CREATE INDEX ix_place_programme_id ON public.place USING btree (programme_id);
CREATE INDEX ix_programme_draft_by_id ON public.programme_draft USING btree (by_id);
CREATE INDEX ix_programme_draft_workspace_id ON public.programme_draft USING btree (workspace_id);
CREATE INDEX ix_programme_series_by_id ON public.programme_series USING btree (by_id);
CREATE INDEX ix_programme_workspace_id ON public.programme USING btree (workspace_id);
CREATE INDEX ix_receipt_received_at ON public.receipt USING btree (received_at);
CREATE INDEX ix_referral_for_id ON public.referral USING btree (for_id);
CREATE INDEX ix_referral_from_id ON public.referral USING btree (from_id);
CREATE INDEX ix_referral_session_id ON public.referral USING btree (session_id);
CREATE INDEX ix_referral_to_id ON public.referral USING btree (to_id);
CREATE INDEX ix_referral_workspace_id ON public.referral USING btree (workspace_id);
CREATE INDEX ix_relationship_ended_by_id ON public.relationship USING btree (ended_by_id);
CREATE INDEX ix_relationship_mentee_id ON public.relationship USING btree (mentee_id);
CREATE INDEX ix_relationship_mentor_id ON public.relationship USING btree (mentor_id);
CREATE INDEX ix_relationship_programme_id ON public.relationship USING btree (programme_id);
CREATE INDEX ix_relationship_state ON public.relationship USING btree (state);
CREATE INDEX ix_request_invited_id ON public.request USING btree (invited_id);
CREATE INDEX ix_request_mentee_id ON public.request USING btree (mentee_id);
CREATE INDEX ix_request_programme_id ON public.request USING btree (programme_id);
CREATE INDEX ix_request_state ON public.request USING btree (state);
CREATE INDEX ix_round_approved_by_id ON public.round USING btree (approved_by_id);
CREATE INDEX ix_round_constraint_by_id ON public.round_constraint USING btree (by_id);
CREATE INDEX ix_round_constraint_mentee_id ON public.round_constraint USING btree (mentee_id);
CREATE INDEX ix_round_constraint_mentor_id ON public.round_constraint USING btree (mentor_id);
CREATE INDEX ix_round_constraint_round_id ON public.round_constraint USING btree (round_id);
CREATE INDEX ix_round_left_person_id ON public.round_left USING btree (person_id);
CREATE INDEX ix_round_left_round_id ON public.round_left USING btree (round_id);
CREATE INDEX ix_round_pair_match_id ON public.round_pair USING btree (match_id);
CREATE INDEX ix_round_pair_mentee_id ON public.round_pair USING btree (mentee_id);
CREATE INDEX ix_round_pair_mentor_id ON public.round_pair USING btree (mentor_id);
CREATE INDEX ix_round_pair_round_id ON public.round_pair USING btree (round_id);
CREATE INDEX ix_round_pair_third_id ON public.round_pair USING btree (third_id);
CREATE INDEX ix_round_programme_id ON public.round USING btree (programme_id);
CREATE INDEX ix_round_reply_person_id ON public.round_reply USING btree (person_id);
CREATE INDEX ix_round_reply_round_id ON public.round_reply USING btree (round_id);
CREATE INDEX ix_round_state ON public.round USING btree (state);
CREATE INDEX ix_session_cancelled_by_id ON public.session USING btree (cancelled_by_id);
CREATE INDEX ix_session_mentee_id ON public.session USING btree (mentee_id);
CREATE INDEX ix_session_mentor_id ON public.session USING btree (mentor_id);
CREATE INDEX ix_session_programme_id ON public.session USING btree (programme_id);
CREATE INDEX ix_session_relationship_id ON public.session USING btree (relationship_id);
CREATE INDEX ix_session_state ON public.session USING btree (state);
CREATE INDEX ix_session_third_id ON public.session USING btree (third_id);
CREATE INDEX ix_slot_tick_person_id ON public.slot_tick USING btree (person_id);
CREATE INDEX ix_slot_tick_session_id ON public.slot_tick USING btree (session_id);
CREATE INDEX ix_tally_programme_id ON public.tally USING btree (programme_id);
CREATE INDEX ix_task_done_relationship_id ON public.task_done USING btree (relationship_id);
CREATE INDEX ix_thank_you_from_id ON public.thank_you USING btree (from_id);
CREATE INDEX ix_thank_you_session_id ON public.thank_you USING btree (session_id);
CREATE INDEX ix_tick_person_id ON public.tick USING btree (person_id);
CREATE INDEX ix_tick_session_id ON public.tick USING btree (session_id);
CREATE INDEX ix_tie_first_id ON public.tie USING btree (first_id);
CREATE INDEX ix_tie_mentor_id ON public.tie USING btree (mentor_id);
CREATE INDEX ix_tie_programme_id ON public.tie USING btree (programme_id);
CREATE INDEX ix_tie_reply_person_id ON public.tie_reply USING btree (person_id);
CREATE INDEX ix_tie_reply_tie_id ON public.tie_reply USING btree (tie_id);
CREATE INDEX ix_tie_second_id ON public.tie USING btree (second_id);
CREATE UNIQUE INDEX uq_offer_live ON public.offer USING btree (request_id) WHERE ((state)::text = ANY ((ARRAY['pending'::character varying, 'proposed'::character varying, 'accepted'::character varying])::text[]));
CREATE UNIQUE INDEX uq_programme_open ON public.programme USING btree (workspace_id) WHERE (channel IS NULL);
CREATE UNIQUE INDEX uq_relationship_live ON public.relationship USING btree (mentor_id, mentee_id) WHERE ((state)::text = ANY ((ARRAY['drafting'::character varying, 'active'::character varying])::text[]));
CREATE UNIQUE INDEX uq_tie_live ON public.tie USING btree (first_id, second_id) WHERE (stopped_at IS NULL);
ALTER TABLE ONLY public.action_item
    ADD CONSTRAINT fk_action_item_author_id_person FOREIGN KEY (author_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.action_item
    ADD CONSTRAINT fk_action_item_owner_id_person FOREIGN KEY (owner_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.action_item
    ADD CONSTRAINT fk_action_item_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.agenda
    ADD CONSTRAINT fk_agenda_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_by_id_person FOREIGN KEY (by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_relationship_id_relationship FOREIGN KEY (relationship_id) REFERENCES public.relationship(id);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT fk_answer_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT fk_answer_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.apart
    ADD CONSTRAINT fk_apart_other_id_person FOREIGN KEY (other_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.apart
    ADD CONSTRAINT fk_apart_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT fk_draft_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT fk_enrolment_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.enrolment
    ADD CONSTRAINT fk_enrolment_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT fk_feedback_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.feedback
    ADD CONSTRAINT fk_feedback_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.go_on
    ADD CONSTRAINT fk_go_on_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.go_on
    ADD CONSTRAINT fk_go_on_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_action_id_action_item FOREIGN KEY (action_id) REFERENCES public.action_item(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_draft_id_draft FOREIGN KEY (draft_id) REFERENCES public.draft(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_import_id_people_import FOREIGN KEY (import_id) REFERENCES public.people_import(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_offer_id_offer FOREIGN KEY (offer_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_recipient_id_person FOREIGN KEY (recipient_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_referral_id_referral FOREIGN KEY (referral_id) REFERENCES public.referral(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_relationship_id_relationship FOREIGN KEY (relationship_id) REFERENCES public.relationship(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_request_id_request FOREIGN KEY (request_id) REFERENCES public.request(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_round_id_round FOREIGN KEY (round_id) REFERENCES public.round(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_tie_id_tie FOREIGN KEY (tie_id) REFERENCES public.tie(id);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT fk_job_workspace_id_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT fk_lead_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.lead
    ADD CONSTRAINT fk_lead_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT fk_match_mentee_id_person FOREIGN KEY (mentee_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT fk_match_mentor_id_person FOREIGN KEY (mentor_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT fk_match_relationship_id_relationship FOREIGN KEY (relationship_id) REFERENCES public.relationship(id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT fk_match_request_id_request FOREIGN KEY (request_id) REFERENCES public.request(id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT fk_match_round_id_round FOREIGN KEY (round_id) REFERENCES public.round(id);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT fk_match_tie_id_tie FOREIGN KEY (tie_id) REFERENCES public.tie(id);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT fk_offer_mentor_id_person FOREIGN KEY (mentor_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT fk_offer_request_id_request FOREIGN KEY (request_id) REFERENCES public.request(id);
ALTER TABLE ONLY public.people_import
    ADD CONSTRAINT fk_people_import_by_id_person FOREIGN KEY (by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.people_import
    ADD CONSTRAINT fk_people_import_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT fk_person_manager_id_person FOREIGN KEY (manager_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT fk_person_workspace_id_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.place
    ADD CONSTRAINT fk_place_match_id_match FOREIGN KEY (match_id) REFERENCES public.match(id);
ALTER TABLE ONLY public.place
    ADD CONSTRAINT fk_place_mentor_id_person FOREIGN KEY (mentor_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.place
    ADD CONSTRAINT fk_place_offer_id_offer FOREIGN KEY (offer_id) REFERENCES public.offer(id);
ALTER TABLE ONLY public.place
    ADD CONSTRAINT fk_place_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.programme_draft
    ADD CONSTRAINT fk_programme_draft_by_id_person FOREIGN KEY (by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.programme_draft
    ADD CONSTRAINT fk_programme_draft_workspace_id_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.programme_series
    ADD CONSTRAINT fk_programme_series_by_id_person FOREIGN KEY (by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.programme_series
    ADD CONSTRAINT fk_programme_series_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.programme
    ADD CONSTRAINT fk_programme_workspace_id_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT fk_referral_for_id_person FOREIGN KEY (for_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT fk_referral_from_id_person FOREIGN KEY (from_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT fk_referral_request_id_request FOREIGN KEY (request_id) REFERENCES public.request(id);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT fk_referral_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT fk_referral_to_id_person FOREIGN KEY (to_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT fk_referral_workspace_id_workspace FOREIGN KEY (workspace_id) REFERENCES public.workspace(id);
ALTER TABLE ONLY public.relationship
    ADD CONSTRAINT fk_relationship_asked_by_id_person FOREIGN KEY (asked_by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.relationship
    ADD CONSTRAINT fk_relationship_ended_by_id_person FOREIGN KEY (ended_by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.relationship
    ADD CONSTRAINT fk_relationship_mentee_id_person FOREIGN KEY (mentee_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.relationship
    ADD CONSTRAINT fk_relationship_mentor_id_person FOREIGN KEY (mentor_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.relationship
    ADD CONSTRAINT fk_relationship_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_invited_id_person FOREIGN KEY (invited_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_mentee_id_person FOREIGN KEY (mentee_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.request
    ADD CONSTRAINT fk_request_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.round
    ADD CONSTRAINT fk_round_approved_by_id_person FOREIGN KEY (approved_by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.round_constraint
    ADD CONSTRAINT fk_round_constraint_by_id_person FOREIGN KEY (by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.round_constraint
    ADD CONSTRAINT fk_round_constraint_mentee_id_person FOREIGN KEY (mentee_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.round_constraint
    ADD CONSTRAINT fk_round_constraint_mentor_id_person FOREIGN KEY (mentor_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.round_constraint
    ADD CONSTRAINT fk_round_constraint_round_id_round FOREIGN KEY (round_id) REFERENCES public.round(id);
ALTER TABLE ONLY public.round_left
    ADD CONSTRAINT fk_round_left_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.round_left
    ADD CONSTRAINT fk_round_left_round_id_round FOREIGN KEY (round_id) REFERENCES public.round(id);
ALTER TABLE ONLY public.round_pair
    ADD CONSTRAINT fk_round_pair_match_id_match FOREIGN KEY (match_id) REFERENCES public.match(id);
ALTER TABLE ONLY public.round_pair
    ADD CONSTRAINT fk_round_pair_mentee_id_person FOREIGN KEY (mentee_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.round_pair
    ADD CONSTRAINT fk_round_pair_mentor_id_person FOREIGN KEY (mentor_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.round_pair
    ADD CONSTRAINT fk_round_pair_round_id_round FOREIGN KEY (round_id) REFERENCES public.round(id);
ALTER TABLE ONLY public.round_pair
    ADD CONSTRAINT fk_round_pair_third_id_person FOREIGN KEY (third_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.round
    ADD CONSTRAINT fk_round_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.round_reply
    ADD CONSTRAINT fk_round_reply_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.round_reply
    ADD CONSTRAINT fk_round_reply_round_id_round FOREIGN KEY (round_id) REFERENCES public.round(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_cancelled_by_id_person FOREIGN KEY (cancelled_by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_match_id_match FOREIGN KEY (match_id) REFERENCES public.match(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_mentee_id_person FOREIGN KEY (mentee_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_mentor_id_person FOREIGN KEY (mentor_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_relationship_id_relationship FOREIGN KEY (relationship_id) REFERENCES public.relationship(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_third_id_person FOREIGN KEY (third_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_time_set_by_id_person FOREIGN KEY (time_set_by_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.slot_tick
    ADD CONSTRAINT fk_slot_tick_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.slot_tick
    ADD CONSTRAINT fk_slot_tick_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.tally
    ADD CONSTRAINT fk_tally_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.task_done
    ADD CONSTRAINT fk_task_done_relationship_id_relationship FOREIGN KEY (relationship_id) REFERENCES public.relationship(id);
ALTER TABLE ONLY public.thank_you
    ADD CONSTRAINT fk_thank_you_from_id_person FOREIGN KEY (from_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.thank_you
    ADD CONSTRAINT fk_thank_you_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.tick
    ADD CONSTRAINT fk_tick_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.tick
    ADD CONSTRAINT fk_tick_session_id_session FOREIGN KEY (session_id) REFERENCES public.session(id);
ALTER TABLE ONLY public.tie
    ADD CONSTRAINT fk_tie_first_id_person FOREIGN KEY (first_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.tie
    ADD CONSTRAINT fk_tie_mentor_id_person FOREIGN KEY (mentor_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.tie
    ADD CONSTRAINT fk_tie_programme_id_programme FOREIGN KEY (programme_id) REFERENCES public.programme(id);
ALTER TABLE ONLY public.tie_reply
    ADD CONSTRAINT fk_tie_reply_person_id_person FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.tie_reply
    ADD CONSTRAINT fk_tie_reply_tie_id_tie FOREIGN KEY (tie_id) REFERENCES public.tie(id);
ALTER TABLE ONLY public.tie
    ADD CONSTRAINT fk_tie_second_id_person FOREIGN KEY (second_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.tie
    ADD CONSTRAINT fk_tie_stopped_by_id_person FOREIGN KEY (stopped_by_id) REFERENCES public.person(id);
