// Written by `npm run db:types` from supabase/migrations. Change those, not this.

export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
  __InternalSupabase: {
    PostgrestVersion: "14"
  }
  public: {
    Tables: {
      absences: {
        Row: {
          cover_id: string | null
          program_id: string
          until: string
          user_id: string
        }
        Insert: {
          cover_id?: string | null
          program_id: string
          until: string
          user_id: string
        }
        Update: {
          cover_id?: string | null
          program_id?: string
          until?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "absences_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      accessibility: {
        Row: {
          description: string | null
          id: string
          location_id: string
          washroom: boolean | null
          wheelchair: string | null
        }
        Insert: {
          description?: string | null
          id?: string
          location_id: string
          washroom?: boolean | null
          wheelchair?: string | null
        }
        Update: {
          description?: string | null
          id?: string
          location_id?: string
          washroom?: boolean | null
          wheelchair?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "accessibility_location_id_fkey"
            columns: ["location_id"]
            isOneToOne: true
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
        ]
      }
      addresses: {
        Row: {
          address_1: string
          address_type: string
          city: string
          confidential: boolean
          country: string
          id: string
          location_id: string
          postal_code: string | null
          state_province: string
        }
        Insert: {
          address_1: string
          address_type?: string
          city?: string
          confidential?: never
          country?: string
          id?: string
          location_id: string
          postal_code?: string | null
          state_province?: string
        }
        Update: {
          address_1?: string
          address_type?: string
          city?: string
          confidential?: never
          country?: string
          id?: string
          location_id?: string
          postal_code?: string | null
          state_province?: string
        }
        Relationships: [
          {
            foreignKeyName: "addresses_location_id_confidential_fkey"
            columns: ["location_id", "confidential"]
            isOneToOne: false
            referencedRelation: "locations"
            referencedColumns: ["id", "confidential"]
          },
        ]
      }
      area_coordinators: {
        Row: {
          area_id: string
          user_id: string
        }
        Insert: {
          area_id: string
          user_id: string
        }
        Update: {
          area_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "area_coordinators_area_id_fkey"
            columns: ["area_id"]
            isOneToOne: false
            referencedRelation: "areas"
            referencedColumns: ["id"]
          },
        ]
      }
      areas: {
        Row: {
          id: string
          is_active: boolean
          name: string
          program_id: string
        }
        Insert: {
          id?: string
          is_active?: boolean
          name: string
          program_id: string
        }
        Update: {
          id?: string
          is_active?: boolean
          name?: string
          program_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "areas_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      attributes: {
        Row: {
          id: string
          position: number
          service_id: string
          taxonomy_term_id: string
        }
        Insert: {
          id?: string
          position?: number
          service_id: string
          taxonomy_term_id: string
        }
        Update: {
          id?: string
          position?: number
          service_id?: string
          taxonomy_term_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "attributes_service_id_fkey"
            columns: ["service_id"]
            isOneToOne: false
            referencedRelation: "services"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "attributes_taxonomy_term_id_fkey"
            columns: ["taxonomy_term_id"]
            isOneToOne: false
            referencedRelation: "taxonomy_terms"
            referencedColumns: ["id"]
          },
        ]
      }
      audit_events: {
        Row: {
          actor_id: string | null
          at: string
          details: NonNullable<Json>
          event: string
          id: number
          outcome: string
          program_id: string | null
          subject_id: string | null
        }
        Insert: {
          actor_id?: string | null
          at?: string
          details?: NonNullable<Json>
          event: string
          id?: never
          outcome?: string
          program_id?: string | null
          subject_id?: string | null
        }
        Update: {
          actor_id?: string | null
          at?: string
          details?: NonNullable<Json>
          event?: string
          id?: never
          outcome?: string
          program_id?: string | null
          subject_id?: string | null
        }
        Relationships: []
      }
      classes: {
        Row: {
          cancelled_at: string | null
          changed_at: string
          cohort_id: string
          ends_at: string
          id: string
          sequence: number
          starts_at: string
          topic: string
        }
        Insert: {
          cancelled_at?: string | null
          changed_at?: string
          cohort_id: string
          ends_at: string
          id?: string
          sequence?: number
          starts_at: string
          topic?: string
        }
        Update: {
          cancelled_at?: string | null
          changed_at?: string
          cohort_id?: string
          ends_at?: string
          id?: string
          sequence?: number
          starts_at?: string
          topic?: string
        }
        Relationships: [
          {
            foreignKeyName: "classes_cohort_id_fkey"
            columns: ["cohort_id"]
            isOneToOne: false
            referencedRelation: "cohorts"
            referencedColumns: ["id"]
          },
        ]
      }
      cohort_questions: {
        Row: {
          cohort_id: string
          hint: string
          id: string
          is_required: boolean
          kind: Database["public"]["Enums"]["question_kind"]
          label: string
          longest: number
          options: string[]
          position: number
        }
        Insert: {
          cohort_id: string
          hint?: string
          id: string
          is_required?: boolean
          kind: Database["public"]["Enums"]["question_kind"]
          label: string
          longest?: number
          options?: string[]
          position: number
        }
        Update: {
          cohort_id?: string
          hint?: string
          id?: string
          is_required?: boolean
          kind?: Database["public"]["Enums"]["question_kind"]
          label?: string
          longest?: number
          options?: string[]
          position?: number
        }
        Relationships: [
          {
            foreignKeyName: "cohort_questions_cohort_id_fkey"
            columns: ["cohort_id"]
            isOneToOne: false
            referencedRelation: "cohorts"
            referencedColumns: ["id"]
          },
        ]
      }
      cohorts: {
        Row: {
          about: string
          announced_at: string | null
          area_id: string | null
          capacity: number
          closes_at: string | null
          cost: string
          created_at: string
          decides_together: boolean
          has_shortlist: boolean
          id: string
          is_online: boolean
          is_sample: boolean
          joining: string
          kind: Database["public"]["Enums"]["cohort_kind"]
          location_id: string | null
          offer_days: number
          opens_at: string | null
          place_address: string
          place_name: string
          practicum_hours: number
          program_id: string
          reviewers: number
          rubric: string[]
          slug: string
          state: Database["public"]["Enums"]["cohort_state"]
          summary: string
          support: string
          title: string
          version: number
          who_for: string
        }
        Insert: {
          about?: string
          announced_at?: string | null
          area_id?: string | null
          capacity: number
          closes_at?: string | null
          cost?: string
          created_at?: string
          decides_together?: boolean
          has_shortlist?: boolean
          id?: string
          is_online?: boolean
          is_sample?: boolean
          joining?: string
          kind?: Database["public"]["Enums"]["cohort_kind"]
          location_id?: string | null
          offer_days?: number
          opens_at?: string | null
          place_address?: string
          place_name?: string
          practicum_hours?: number
          program_id: string
          reviewers?: number
          rubric?: string[]
          slug: string
          state?: Database["public"]["Enums"]["cohort_state"]
          summary?: string
          support?: string
          title: string
          version?: number
          who_for?: string
        }
        Update: {
          about?: string
          announced_at?: string | null
          area_id?: string | null
          capacity?: number
          closes_at?: string | null
          cost?: string
          created_at?: string
          decides_together?: boolean
          has_shortlist?: boolean
          id?: string
          is_online?: boolean
          is_sample?: boolean
          joining?: string
          kind?: Database["public"]["Enums"]["cohort_kind"]
          location_id?: string | null
          offer_days?: number
          opens_at?: string | null
          place_address?: string
          place_name?: string
          practicum_hours?: number
          program_id?: string
          reviewers?: number
          rubric?: string[]
          slug?: string
          state?: Database["public"]["Enums"]["cohort_state"]
          summary?: string
          support?: string
          title?: string
          version?: number
          who_for?: string
        }
        Relationships: [
          {
            foreignKeyName: "cohorts_area_id_fkey"
            columns: ["area_id"]
            isOneToOne: false
            referencedRelation: "areas"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "cohorts_location_id_fkey"
            columns: ["location_id"]
            isOneToOne: false
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "cohorts_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      cost_options: {
        Row: {
          amount_description: string | null
          id: string
          option: string | null
          service_id: string
        }
        Insert: {
          amount_description?: string | null
          id?: string
          option?: string | null
          service_id: string
        }
        Update: {
          amount_description?: string | null
          id?: string
          option?: string | null
          service_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "cost_options_service_id_fkey"
            columns: ["service_id"]
            isOneToOne: false
            referencedRelation: "services"
            referencedColumns: ["id"]
          },
        ]
      }
      empty_searches: {
        Row: {
          neighbourhood_id: number | null
          searched_on: string
          searches: number
        }
        Insert: {
          neighbourhood_id?: number | null
          searched_on: string
          searches?: number
        }
        Update: {
          neighbourhood_id?: number | null
          searched_on?: string
          searches?: number
        }
        Relationships: [
          {
            foreignKeyName: "empty_searches_neighbourhood_id_fkey"
            columns: ["neighbourhood_id"]
            isOneToOne: false
            referencedRelation: "neighbourhoods"
            referencedColumns: ["id"]
          },
        ]
      }
      enrolments: {
        Row: {
          cohort_id: string
          created_at: string
          decision: string | null
          email: string | null
          id: string
          is_shortlisted: boolean
          line_number: number
          missed_offers: number
          offered_until: string | null
          person_id: string | null
          practicum_hours: number
          program_id: string
          state: Database["public"]["Enums"]["enrolment_state"]
          version: number
        }
        Insert: {
          cohort_id: string
          created_at?: string
          decision?: string | null
          email?: string | null
          id: string
          is_shortlisted?: boolean
          line_number: number
          missed_offers?: number
          offered_until?: string | null
          person_id?: string | null
          practicum_hours?: number
          program_id: string
          state: Database["public"]["Enums"]["enrolment_state"]
          version?: number
        }
        Update: {
          cohort_id?: string
          created_at?: string
          decision?: string | null
          email?: string | null
          id?: string
          is_shortlisted?: boolean
          line_number?: number
          missed_offers?: number
          offered_until?: string | null
          person_id?: string | null
          practicum_hours?: number
          program_id?: string
          state?: Database["public"]["Enums"]["enrolment_state"]
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "enrolments_cohort_id_program_id_fkey"
            columns: ["cohort_id", "program_id"]
            isOneToOne: false
            referencedRelation: "cohorts"
            referencedColumns: ["id", "program_id"]
          },
        ]
      }
      gazetteer: {
        Row: {
          folded: string
          latitude: number
          longitude: number
          name: string
        }
        Insert: {
          folded?: never
          latitude: number
          longitude: number
          name: string
        }
        Update: {
          folded?: never
          latitude?: number
          longitude?: number
          name?: string
        }
        Relationships: []
      }
      invitations: {
        Row: {
          accepted_at: string | null
          created_at: string
          email: string
          expires_at: string
          id: string
          invited_by: string | null
          name: string
          program_id: string
          role: Database["public"]["Enums"]["membership_role"]
          token_hash: string
          withdrawn_at: string | null
        }
        Insert: {
          accepted_at?: string | null
          created_at?: string
          email: string
          expires_at?: string
          id?: string
          invited_by?: string | null
          name: string
          program_id: string
          role: Database["public"]["Enums"]["membership_role"]
          token_hash: string
          withdrawn_at?: string | null
        }
        Update: {
          accepted_at?: string | null
          created_at?: string
          email?: string
          expires_at?: string
          id?: string
          invited_by?: string | null
          name?: string
          program_id?: string
          role?: Database["public"]["Enums"]["membership_role"]
          token_hash?: string
          withdrawn_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "invitations_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      languages: {
        Row: {
          code: string
          id: string
          service_id: string
        }
        Insert: {
          code: string
          id?: string
          service_id: string
        }
        Update: {
          code?: string
          id?: string
          service_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "languages_service_id_fkey"
            columns: ["service_id"]
            isOneToOne: false
            referencedRelation: "services"
            referencedColumns: ["id"]
          },
        ]
      }
      locations: {
        Row: {
          alternate_name: string | null
          confidential: boolean
          confirmed_by: string | null
          confirmed_on: string | null
          content_hash: string | null
          external_id: string
          hours_note: string | null
          id: string
          latitude: number | null
          licence: string | null
          location_type: string
          longitude: number | null
          name: string
          neighbourhood_id: number | null
          number: number
          organization_id: string
          program_id: string
          sample: boolean
          slug: string
          source: string | null
          status: string
          transportation: string | null
          updated_at: string
        }
        Insert: {
          alternate_name?: string | null
          confidential?: boolean
          confirmed_by?: string | null
          confirmed_on?: string | null
          content_hash?: string | null
          external_id: string
          hours_note?: string | null
          id?: string
          latitude?: number | null
          licence?: string | null
          location_type?: string
          longitude?: number | null
          name: string
          neighbourhood_id?: number | null
          number?: never
          organization_id: string
          program_id: string
          sample?: boolean
          slug: string
          source?: string | null
          status?: string
          transportation?: string | null
          updated_at?: string
        }
        Update: {
          alternate_name?: string | null
          confidential?: boolean
          confirmed_by?: string | null
          confirmed_on?: string | null
          content_hash?: string | null
          external_id?: string
          hours_note?: string | null
          id?: string
          latitude?: number | null
          licence?: string | null
          location_type?: string
          longitude?: number | null
          name?: string
          neighbourhood_id?: number | null
          number?: never
          organization_id?: string
          program_id?: string
          sample?: boolean
          slug?: string
          source?: string | null
          status?: string
          transportation?: string | null
          updated_at?: string
        }
        Relationships: [
          {
            foreignKeyName: "locations_neighbourhood_id_fkey"
            columns: ["neighbourhood_id"]
            isOneToOne: false
            referencedRelation: "neighbourhoods"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "locations_organization_id_program_id_fkey"
            columns: ["organization_id", "program_id"]
            isOneToOne: false
            referencedRelation: "organizations"
            referencedColumns: ["id", "program_id"]
          },
          {
            foreignKeyName: "locations_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      memberships: {
        Row: {
          created_at: string
          deactivated_at: string | null
          program_id: string
          role: Database["public"]["Enums"]["membership_role"]
          user_id: string
        }
        Insert: {
          created_at?: string
          deactivated_at?: string | null
          program_id: string
          role: Database["public"]["Enums"]["membership_role"]
          user_id: string
        }
        Update: {
          created_at?: string
          deactivated_at?: string | null
          program_id?: string
          role?: Database["public"]["Enums"]["membership_role"]
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "memberships_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      neighbourhoods: {
        Row: {
          alternate_names: string[]
          description: string
          id: number
          latitude: number
          longitude: number
          name: string
          outline: unknown
          slug: string
        }
        Insert: {
          alternate_names?: string[]
          description?: string
          id?: never
          latitude: number
          longitude: number
          name: string
          outline: unknown
          slug: string
        }
        Update: {
          alternate_names?: string[]
          description?: string
          id?: never
          latitude?: number
          longitude?: number
          name?: string
          outline?: unknown
          slug?: string
        }
        Relationships: []
      }
      opening_intervals: {
        Row: {
          closes_at: string
          id: number
          location_id: string
          opens_at: string
          service_at_location_id: string | null
        }
        Insert: {
          closes_at: string
          id?: never
          location_id: string
          opens_at: string
          service_at_location_id?: string | null
        }
        Update: {
          closes_at?: string
          id?: never
          location_id?: string
          opens_at?: string
          service_at_location_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "opening_intervals_location_id_fkey"
            columns: ["location_id"]
            isOneToOne: false
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "opening_intervals_service_at_location_id_fkey"
            columns: ["service_at_location_id"]
            isOneToOne: false
            referencedRelation: "service_at_locations"
            referencedColumns: ["id"]
          },
        ]
      }
      organizations: {
        Row: {
          id: string
          name: string
          program_id: string
          website: string | null
        }
        Insert: {
          id?: string
          name: string
          program_id: string
          website?: string | null
        }
        Update: {
          id?: string
          name?: string
          program_id?: string
          website?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "organizations_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      people: {
        Row: {
          created_at: string
          name: string
          user_id: string
        }
        Insert: {
          created_at?: string
          name: string
          user_id: string
        }
        Update: {
          created_at?: string
          name?: string
          user_id?: string
        }
        Relationships: []
      }
      phones: {
        Row: {
          description: string | null
          extension: string | null
          id: string
          location_id: string | null
          number: string
          service_id: string | null
        }
        Insert: {
          description?: string | null
          extension?: string | null
          id?: string
          location_id?: string | null
          number: string
          service_id?: string | null
        }
        Update: {
          description?: string | null
          extension?: string | null
          id?: string
          location_id?: string | null
          number?: string
          service_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "phones_location_id_fkey"
            columns: ["location_id"]
            isOneToOne: false
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "phones_service_id_fkey"
            columns: ["service_id"]
            isOneToOne: false
            referencedRelation: "services"
            referencedColumns: ["id"]
          },
        ]
      }
      programs: {
        Row: {
          created_at: string
          id: string
          is_default: boolean
          name: string
          slug: string
          time_zone: string
        }
        Insert: {
          created_at?: string
          id?: string
          is_default?: boolean
          name: string
          slug: string
          time_zone?: string
        }
        Update: {
          created_at?: string
          id?: string
          is_default?: boolean
          name?: string
          slug?: string
          time_zone?: string
        }
        Relationships: []
      }
      referral_settings: {
        Row: {
          acknowledge_within_hours: number
          duty_name: string
          duty_phone: string
          home_visits: boolean
          keep_months: number
          personal_numbers: boolean
          program_id: string
          wait_stated_on: string | null
          wait_weeks_max: number | null
          wait_weeks_min: number | null
        }
        Insert: {
          acknowledge_within_hours?: number
          duty_name?: string
          duty_phone?: string
          home_visits?: boolean
          keep_months?: number
          personal_numbers?: boolean
          program_id: string
          wait_stated_on?: string | null
          wait_weeks_max?: number | null
          wait_weeks_min?: number | null
        }
        Update: {
          acknowledge_within_hours?: number
          duty_name?: string
          duty_phone?: string
          home_visits?: boolean
          keep_months?: number
          personal_numbers?: boolean
          program_id?: string
          wait_stated_on?: string | null
          wait_weeks_max?: number | null
          wait_weeks_min?: number | null
        }
        Relationships: [
          {
            foreignKeyName: "referral_settings_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: true
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      referrals: {
        Row: {
          acknowledge_by: string
          age_band: string | null
          area_id: string | null
          asked_for: string[]
          attention_on: string | null
          closed_at: string | null
          consented_on: string
          coordinator_id: string | null
          ends_on: string | null
          erased_at: string | null
          escalated_at: string | null
          has_correction: boolean
          has_listed_domain: boolean
          id: string
          is_answered: boolean
          language_codes: string[]
          needs_home: boolean
          next_word_on: string | null
          program_id: string
          reference: string
          referrer_email: string | null
          second_email: string | null
          source: string
          state: Database["public"]["Enums"]["referral_state"]
          state_number: number
          state_since: string
          submitted_at: string
          team_id: string | null
          version: number
          waiting_since: string | null
        }
        Insert: {
          acknowledge_by: string
          age_band?: string | null
          area_id?: string | null
          asked_for?: string[]
          attention_on?: string | null
          closed_at?: string | null
          consented_on: string
          coordinator_id?: string | null
          ends_on?: string | null
          erased_at?: string | null
          escalated_at?: string | null
          has_correction?: boolean
          has_listed_domain?: boolean
          id: string
          is_answered?: boolean
          language_codes?: string[]
          needs_home?: boolean
          next_word_on?: string | null
          program_id: string
          reference: string
          referrer_email?: string | null
          second_email?: string | null
          source?: string
          state?: Database["public"]["Enums"]["referral_state"]
          state_number?: never
          state_since?: string
          submitted_at?: string
          team_id?: string | null
          version?: number
          waiting_since?: string | null
        }
        Update: {
          acknowledge_by?: string
          age_band?: string | null
          area_id?: string | null
          asked_for?: string[]
          attention_on?: string | null
          closed_at?: string | null
          consented_on?: string
          coordinator_id?: string | null
          ends_on?: string | null
          erased_at?: string | null
          escalated_at?: string | null
          has_correction?: boolean
          has_listed_domain?: boolean
          id?: string
          is_answered?: boolean
          language_codes?: string[]
          needs_home?: boolean
          next_word_on?: string | null
          program_id?: string
          reference?: string
          referrer_email?: string | null
          second_email?: string | null
          source?: string
          state?: Database["public"]["Enums"]["referral_state"]
          state_number?: never
          state_since?: string
          submitted_at?: string
          team_id?: string | null
          version?: number
          waiting_since?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "referrals_area_id_fkey"
            columns: ["area_id"]
            isOneToOne: false
            referencedRelation: "areas"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "referrals_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "referrals_team_id_fkey"
            columns: ["team_id"]
            isOneToOne: false
            referencedRelation: "teams"
            referencedColumns: ["id"]
          },
        ]
      }
      required_documents: {
        Row: {
          document: string
          id: string
          service_id: string
        }
        Insert: {
          document: string
          id?: string
          service_id: string
        }
        Update: {
          document?: string
          id?: string
          service_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "required_documents_service_id_fkey"
            columns: ["service_id"]
            isOneToOne: false
            referencedRelation: "services"
            referencedColumns: ["id"]
          },
        ]
      }
      schedules: {
        Row: {
          by_appointment: boolean
          byday: string | null
          closes_at: string | null
          freq: string | null
          holidays: string | null
          id: string
          interval: number
          location_id: string | null
          opens_at: string | null
          service_at_location_id: string | null
          valid_from: string | null
          valid_to: string | null
        }
        Insert: {
          by_appointment?: boolean
          byday?: string | null
          closes_at?: string | null
          freq?: string | null
          holidays?: string | null
          id?: string
          interval?: number
          location_id?: string | null
          opens_at?: string | null
          service_at_location_id?: string | null
          valid_from?: string | null
          valid_to?: string | null
        }
        Update: {
          by_appointment?: boolean
          byday?: string | null
          closes_at?: string | null
          freq?: string | null
          holidays?: string | null
          id?: string
          interval?: number
          location_id?: string | null
          opens_at?: string | null
          service_at_location_id?: string | null
          valid_from?: string | null
          valid_to?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "schedules_location_id_fkey"
            columns: ["location_id"]
            isOneToOne: false
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "schedules_service_at_location_id_fkey"
            columns: ["service_at_location_id"]
            isOneToOne: false
            referencedRelation: "service_at_locations"
            referencedColumns: ["id"]
          },
        ]
      }
      search_synonyms: {
        Row: {
          key: string
          means: string[]
          term: string
        }
        Insert: {
          key?: never
          means: string[]
          term: string
        }
        Update: {
          key?: never
          means?: string[]
          term?: string
        }
        Relationships: []
      }
      service_at_locations: {
        Row: {
          id: string
          location_id: string
          position: number
          service_id: string
        }
        Insert: {
          id?: string
          location_id: string
          position?: number
          service_id: string
        }
        Update: {
          id?: string
          location_id?: string
          position?: number
          service_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "service_at_locations_location_id_fkey"
            columns: ["location_id"]
            isOneToOne: false
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "service_at_locations_service_id_fkey"
            columns: ["service_id"]
            isOneToOne: false
            referencedRelation: "services"
            referencedColumns: ["id"]
          },
        ]
      }
      services: {
        Row: {
          content_hash: string | null
          description: string
          eligibility_description: string | null
          email: string | null
          external_id: string
          id: string
          name: string
          organization_id: string
          program_id: string
          referral_required: boolean | null
          status: string
        }
        Insert: {
          content_hash?: string | null
          description?: string
          eligibility_description?: string | null
          email?: string | null
          external_id: string
          id?: string
          name: string
          organization_id: string
          program_id: string
          referral_required?: boolean | null
          status?: string
        }
        Update: {
          content_hash?: string | null
          description?: string
          eligibility_description?: string | null
          email?: string | null
          external_id?: string
          id?: string
          name?: string
          organization_id?: string
          program_id?: string
          referral_required?: boolean | null
          status?: string
        }
        Relationships: [
          {
            foreignKeyName: "services_organization_id_program_id_fkey"
            columns: ["organization_id", "program_id"]
            isOneToOne: false
            referencedRelation: "organizations"
            referencedColumns: ["id", "program_id"]
          },
          {
            foreignKeyName: "services_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      statutory_holidays: {
        Row: {
          name: string
          observed_on: string
        }
        Insert: {
          name: string
          observed_on: string
        }
        Update: {
          name?: string
          observed_on?: string
        }
        Relationships: []
      }
      supervisions: {
        Row: {
          program_id: string
          supervisor_id: string
          worker_id: string
        }
        Insert: {
          program_id: string
          supervisor_id: string
          worker_id: string
        }
        Update: {
          program_id?: string
          supervisor_id?: string
          worker_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "supervisions_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      taxonomies: {
        Row: {
          description: string
          id: string
          name: string
        }
        Insert: {
          description?: string
          id?: string
          name: string
        }
        Update: {
          description?: string
          id?: string
          name?: string
        }
        Relationships: []
      }
      taxonomy_terms: {
        Row: {
          code: string
          description: string
          icon: string
          id: string
          name: string
          number: number
          parent_id: string | null
          position: number
          taxonomy_id: string
        }
        Insert: {
          code: string
          description?: string
          icon: string
          id?: string
          name: string
          number?: never
          parent_id?: string | null
          position?: number
          taxonomy_id: string
        }
        Update: {
          code?: string
          description?: string
          icon?: string
          id?: string
          name?: string
          number?: never
          parent_id?: string | null
          position?: number
          taxonomy_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "taxonomy_terms_parent_id_fkey"
            columns: ["parent_id"]
            isOneToOne: false
            referencedRelation: "taxonomy_terms"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "taxonomy_terms_taxonomy_id_fkey"
            columns: ["taxonomy_id"]
            isOneToOne: false
            referencedRelation: "taxonomies"
            referencedColumns: ["id"]
          },
        ]
      }
      team_coordinators: {
        Row: {
          team_id: string
          user_id: string
        }
        Insert: {
          team_id: string
          user_id: string
        }
        Update: {
          team_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "team_coordinators_team_id_fkey"
            columns: ["team_id"]
            isOneToOne: false
            referencedRelation: "teams"
            referencedColumns: ["id"]
          },
        ]
      }
      teams: {
        Row: {
          id: string
          is_active: boolean
          name: string
          program_id: string
          site: string
        }
        Insert: {
          id?: string
          is_active?: boolean
          name: string
          program_id: string
          site?: string
        }
        Update: {
          id?: string
          is_active?: boolean
          name?: string
          program_id?: string
          site?: string
        }
        Relationships: [
          {
            foreignKeyName: "teams_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      training_links: {
        Row: {
          id: string
          note: string
          organization: string
          program_id: string
          title: string
          url: string
          version: number
        }
        Insert: {
          id: string
          note?: string
          organization?: string
          program_id: string
          title: string
          url: string
          version?: number
        }
        Update: {
          id?: string
          note?: string
          organization?: string
          program_id?: string
          title?: string
          url?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "training_links_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      training_posts: {
        Row: {
          body: string
          changed_at: string
          cohort_id: string | null
          id: string
          is_sample: boolean
          posted_at: string
          program_id: string
          title: string
          version: number
        }
        Insert: {
          body: string
          changed_at?: string
          cohort_id?: string | null
          id: string
          is_sample?: boolean
          posted_at?: string
          program_id: string
          title: string
          version?: number
        }
        Update: {
          body?: string
          changed_at?: string
          cohort_id?: string | null
          id?: string
          is_sample?: boolean
          posted_at?: string
          program_id?: string
          title?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "training_posts_cohort_id_fkey"
            columns: ["cohort_id"]
            isOneToOne: false
            referencedRelation: "cohorts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "training_posts_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      urls: {
        Row: {
          id: string
          label: string | null
          service_id: string
          url: string
        }
        Insert: {
          id?: string
          label?: string | null
          service_id: string
          url: string
        }
        Update: {
          id?: string
          label?: string | null
          service_id?: string
          url?: string
        }
        Relationships: [
          {
            foreignKeyName: "urls_service_id_fkey"
            columns: ["service_id"]
            isOneToOne: false
            referencedRelation: "services"
            referencedColumns: ["id"]
          },
        ]
      }
      work_domains: {
        Row: {
          domain: string
          program_id: string
        }
        Insert: {
          domain: string
          program_id: string
        }
        Update: {
          domain?: string
          program_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "work_domains_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      worker_areas: {
        Row: {
          area_id: string
          program_id: string
          user_id: string
        }
        Insert: {
          area_id: string
          program_id: string
          user_id: string
        }
        Update: {
          area_id?: string
          program_id?: string
          user_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "worker_areas_area_id_fkey"
            columns: ["area_id"]
            isOneToOne: false
            referencedRelation: "areas"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "worker_areas_program_id_user_id_fkey"
            columns: ["program_id", "user_id"]
            isOneToOne: false
            referencedRelation: "workers"
            referencedColumns: ["program_id", "user_id"]
          },
        ]
      }
      workers: {
        Row: {
          about: string
          cap: number
          language_codes: string[]
          less_until: string | null
          phone: string
          program_id: string
          user_id: string
          wishes: string
        }
        Insert: {
          about?: string
          cap?: number
          language_codes?: string[]
          less_until?: string | null
          phone?: string
          program_id: string
          user_id: string
          wishes?: string
        }
        Update: {
          about?: string
          cap?: number
          language_codes?: string[]
          less_until?: string | null
          phone?: string
          program_id?: string
          user_id?: string
          wishes?: string
        }
        Relationships: [
          {
            foreignKeyName: "workers_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
      working_hours: {
        Row: {
          closes_at: string
          opens_at: string
          program_id: string
          weekday: number
        }
        Insert: {
          closes_at: string
          opens_at: string
          program_id: string
          weekday: number
        }
        Update: {
          closes_at?: string
          opens_at?: string
          program_id?: string
          weekday?: number
        }
        Relationships: [
          {
            foreignKeyName: "working_hours_program_id_fkey"
            columns: ["program_id"]
            isOneToOne: false
            referencedRelation: "programs"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      [_ in never]: never
    }
    Functions: {
      acknowledge_referrals: { Args: { referrals: string[] }; Returns: Json }
      add_classes: { Args: { cohort: string; given: Json }; Returns: Json }
      advance_cohorts: { Args: Record<PropertyKey, never>; Returns: number }
      answer_feedback: {
        Args: {
          answer: string
          client_hash: string
          given: Json
          token: string
        }
        Returns: Json
      }
      ask_to_be_told: {
        Args: {
          address: string
          area: string
          client_hash: string
          program_slug: string
        }
        Returns: Json
      }
      assign_referral: {
        Args: { coordinator: string; expected: number; referral: string }
        Returns: Json
      }
      audit_page: { Args: { filters: Json; program: string }; Returns: Json }
      begin_draft: {
        Args: {
          client_hash: string
          contents: string
          draft: string
          key_hash: string
        }
        Returns: boolean
      }
      begin_session: { Args: Record<PropertyKey, never>; Returns: undefined }
      begin_sign_in: {
        Args: { address_hash: string; client_hash: string }
        Returns: string
      }
      call_sheet: { Args: { program: string; worker: string }; Returns: Json }
      claim_outbox: {
        Args: { lease_seconds: number; n: number }
        Returns: {
          data: Json
          id: string
          lease: string
          template: string
          to_address: string
        }[]
      }
      complete_enrolments: {
        Args: { cohort: string; completed: string[]; not_completed: string[] }
        Returns: Json
      }
      confirm_interest: { Args: { token: string }; Returns: string }
      count_empty_search: {
        Args: { neighbourhood?: string }
        Returns: undefined
      }
      count_guess: {
        Args: { address_hash: string; client_hash: string }
        Returns: string
      }
      desk_training: { Args: { cohort: string }; Returns: Json }
      desk_trainings: { Args: { program: string }; Returns: Json }
      directory_overview: { Args: Record<PropertyKey, never>; Returns: Json }
      discard_draft: {
        Args: { draft: string; key_hash?: string }
        Returns: undefined
      }
      draft_kept: {
        Args: { draft: string; key_hash?: string }
        Returns: boolean
      }
      draft_sent: {
        Args: { draft: string; key_hash?: string }
        Returns: string
      }
      drop_application: { Args: { cohort: string }; Returns: boolean }
      end_session: { Args: { everywhere: boolean }; Returns: undefined }
      enrolment_by_link: { Args: { token: string }; Returns: Json }
      enter_enrolment: {
        Args: {
          address: string
          cohort: string
          details: string
          enrolment: string
        }
        Returns: Json
      }
      enter_feedback: {
        Args: { answer: string; given: Json; program: string }
        Returns: Json
      }
      enter_referral: {
        Args: {
          email: string
          program: string
          referral: string
          request: Json
        }
        Returns: Json
      }
      erase_enrolments: { Args: Record<PropertyKey, never>; Returns: number }
      erase_old_referrals: { Args: Record<PropertyKey, never>; Returns: number }
      erase_referral: {
        Args: { expected: number; referral: string }
        Returns: Json
      }
      escalate_referrals: { Args: Record<PropertyKey, never>; Returns: number }
      expire_offers: { Args: Record<PropertyKey, never>; Returns: number }
      export_referral: { Args: { reference: string }; Returns: Json }
      feedback_by_token: { Args: { token: string }; Returns: Json }
      feedback_report: { Args: { program: string }; Returns: Json }
      find_position: { Args: { words: string }; Returns: Json }
      forget_code: { Args: { address_hash: string }; Returns: undefined }
      get_place: { Args: { at?: string; place_slug: string }; Returns: Json }
      import_places: {
        Args: { dry_run?: boolean; program: string; records: Json }
        Returns: Json
      }
      inbox: { Args: { filters: Json; program: string }; Returns: Json }
      inbox_counts: {
        Args: { mine?: boolean; program: string; team?: string }
        Returns: Json
      }
      interest_by_link: { Args: { token: string }; Returns: Json }
      interest_choices: { Args: Record<PropertyKey, never>; Returns: Json }
      invitation_by_token: { Args: { token: string }; Returns: Json }
      invite_first_admin: {
        Args: { address: string; person_name: string; program_slug: string }
        Returns: string
      }
      invite_member: {
        Args: {
          address: string
          person_name: string
          program: string
          wanted: Database["public"]["Enums"]["membership_role"]
        }
        Returns: Json
      }
      keep_draft: {
        Args: {
          contents: string
          draft: string
          expected: number
          key_hash: string
        }
        Returns: string
      }
      keep_unconfirmed: {
        Args: {
          address: string
          client_hash: string
          draft: string
          key_hash: string
          request: Json
        }
        Returns: Json
      }
      late_meetings: { Args: { program: string }; Returns: Json }
      mail_set_aside: { Args: Record<PropertyKey, never>; Returns: Json }
      make_enrolment_link: { Args: { enrolment: string }; Returns: string }
      make_feedback_link: { Args: { referral: string }; Returns: Json }
      mark_enrolment: {
        Args: { enrolment: string; given: Json }
        Returns: Json
      }
      mark_meeting: { Args: { meeting: string; what: string }; Returns: Json }
      mark_sent: { Args: { claim: string; message: string }; Returns: boolean }
      mark_unsent: {
        Args: {
          claim: string
          error: string
          for_good: boolean
          message: string
        }
        Returns: boolean
      }
      match_candidates: { Args: { referral: string }; Returns: Json }
      may_read_feedback: { Args: { program: string }; Returns: boolean }
      message_cohort: {
        Args: {
          cohort: string
          message: string
          states: string[]
          words: string
        }
        Returns: Json
      }
      move_cohort: {
        Args: { cohort: string; event: string; version: number }
        Returns: Json
      }
      move_enrolment: {
        Args: {
          answer?: string
          enrolment: string
          event: string
          version: number
        }
        Returns: Json
      }
      move_enrolment_by_link: {
        Args: { event: string; token: string; version: number }
        Returns: Json
      }
      move_referral: {
        Args: {
          event: string
          expected: number
          given?: Json
          referral: string
        }
        Returns: Json
      }
      my_application: { Args: { cohort: string }; Returns: Json }
      my_drafts: { Args: Record<PropertyKey, never>; Returns: Json }
      my_enrolments: { Args: Record<PropertyKey, never>; Returns: Json }
      my_referrals: { Args: Record<PropertyKey, never>; Returns: Json }
      my_unconfirmed: { Args: Record<PropertyKey, never>; Returns: Json }
      my_work: { Args: { program: string }; Returns: Json }
      nearest_categories: { Args: { q: string }; Returns: string[] }
      nearest_places: {
        Args: {
          at?: string
          categories: string[]
          each_category: number
          lat: number
          lng: number
        }
        Returns: Json
      }
      note_referral: {
        Args: { event_id: string; referral: string; words: string }
        Returns: Json
      }
      own_draft: {
        Args: {
          contents: string
          draft: string
          expected: number
          key_hash: string
        }
        Returns: boolean
      }
      place_by_number: {
        Args: { at?: string; place_number: number }
        Returns: Json
      }
      place_points: { Args: { filters: Json }; Returns: Json }
      plan_meeting: {
        Args: {
          ends_at: string
          expected: number
          meeting: string
          place: string
          referral: string
          starts_at: string
        }
        Returns: Json
      }
      program_colleagues: { Args: { program: string }; Returns: Json }
      program_members: { Args: { program: string }; Returns: Json }
      program_report: {
        Args: { by_what: string; program: string; year: number }
        Returns: Json
      }
      program_supervisors: { Args: { program: string }; Returns: Json }
      program_workers: { Args: { program: string }; Returns: Json }
      purge_outbox: { Args: Record<PropertyKey, never>; Returns: number }
      purge_requests: { Args: Record<PropertyKey, never>; Returns: undefined }
      purge_sign_in: { Args: Record<PropertyKey, never>; Returns: undefined }
      read_draft: { Args: { draft: string; key_hash?: string }; Returns: Json }
      read_enrolment: { Args: { enrolment: string }; Returns: Json }
      read_my_referral: { Args: { reference: string }; Returns: Json }
      read_proposal: {
        Args: { opening?: boolean; reference: string }
        Returns: Json
      }
      read_referral: { Args: { reference: string }; Returns: Json }
      read_support: { Args: { reference: string }; Returns: Json }
      redeem_invitation: { Args: { token: string }; Returns: Json }
      referral_choices: { Args: Record<PropertyKey, never>; Returns: Json }
      referral_outlook: {
        Args: { area?: string; team?: string }
        Returns: Json
      }
      refresh_directory: { Args: Record<PropertyKey, never>; Returns: number }
      rehome_referral: {
        Args: {
          event_id?: string
          expected: number
          program: string
          referral: string
        }
        Returns: Json
      }
      remind_classes: { Args: Record<PropertyKey, never>; Returns: number }
      remind_endings: { Args: Record<PropertyKey, never>; Returns: number }
      remove_support_entry: {
        Args: {
          entry: string
          expected: number
          referral: string
          removed: boolean
        }
        Returns: Json
      }
      replace_sealed: {
        Args: {
          field: string
          id: string
          place: string
          sealed: string
          was: string
        }
        Returns: boolean
      }
      retry_mail: { Args: { message: string }; Returns: boolean }
      roster: { Args: { as_file?: boolean; cohort: string }; Returns: Json }
      save_application: {
        Args: { cohort: string; contents: string; draft: string }
        Returns: Json
      }
      save_area: {
        Args: {
          active: boolean
          area: string
          area_name: string
          coordinators: string[]
          program: string
        }
        Returns: Json
      }
      save_attendance: {
        Args: { class: string; present: string[]; shown: string[] }
        Returns: Json
      }
      save_class: {
        Args: { class: string; given: Json; sequence: number }
        Returns: Json
      }
      save_cohort: {
        Args: { cohort: string; given: Json; program: string; version: number }
        Returns: Json
      }
      save_enrolment_details: {
        Args: {
          address?: string
          details: string
          enrolment: string
          version: number
        }
        Returns: Json
      }
      save_enrolment_note: {
        Args: {
          enrolment: string
          is_review?: boolean
          note: string
          scores?: number[]
          words: string
        }
        Returns: Json
      }
      save_questions: {
        Args: { cohort: string; questions: Json; version: number }
        Returns: Json
      }
      save_support_entry: {
        Args: { entry: string; expected: number; given: Json; referral: string }
        Returns: Json
      }
      save_team: {
        Args: {
          active: boolean
          coordinators: string[]
          program: string
          team: string
          team_name: string
          team_site: string
        }
        Returns: Json
      }
      save_training_link: {
        Args: { given: Json; link: string; program: string; version: number }
        Returns: Json
      }
      save_training_post: {
        Args: { given: Json; post: string; program: string; version: number }
        Returns: Json
      }
      save_worker: { Args: { given: Json; program: string }; Returns: Json }
      sealed_under_other_keys: {
        Args: { after?: Json; key: string; n: number }
        Returns: Json
      }
      search_places: { Args: { filters: Json }; Returns: Json }
      search_referrals: {
        Args: { email?: string; hashes: string[]; program: string }
        Returns: Json
      }
      send_decisions: { Args: { cohort: string }; Returns: Json }
      send_unconfirmed: { Args: { token: string }; Returns: Json }
      set_away: {
        Args: {
          cover?: string
          last_day: string
          person: string
          program: string
        }
        Returns: Json
      }
      set_capacity: {
        Args: { capacity: number; cohort: string }
        Returns: Json
      }
      set_member_role: {
        Args: {
          person: string
          program: string
          wanted: Database["public"]["Enums"]["membership_role"]
        }
        Returns: Json
      }
      set_referral_settings: {
        Args: {
          acknowledge_hours: number
          months: number
          program: string
          weeks_max: number
          weeks_min: number
        }
        Returns: Json
      }
      set_supervisors: {
        Args: { program: string; supervisors: string[]; worker: string }
        Returns: Json
      }
      set_support_settings: {
        Args: {
          duty_name: string
          duty_phone: string
          home_visits: boolean
          personal_numbers: boolean
          program: string
        }
        Returns: Json
      }
      set_work_domains: {
        Args: { domains: string[]; program: string }
        Returns: Json
      }
      set_working_hours: {
        Args: { hours: Json; program: string }
        Returns: Json
      }
      settle_call: { Args: { call: string }; Returns: boolean }
      settle_closing_step: {
        Args: { given?: Json; referral: string; settled: string; step: string }
        Returns: Json
      }
      settle_unconfirmed: {
        Args: { draft: string; send: boolean }
        Returns: Json
      }
      sign_up: {
        Args: { cohort: string; details: string; enrolment: string }
        Returns: Json
      }
      stop_interest: { Args: { token: string }; Returns: undefined }
      submit_referral: { Args: { draft: string; request: Json }; Returns: Json }
      suggest: { Args: { q: string }; Returns: Json }
      tell_late_meetings: { Args: Record<PropertyKey, never>; Returns: number }
      tend_interest: { Args: Record<PropertyKey, never>; Returns: Json }
      touch_session: { Args: Record<PropertyKey, never>; Returns: boolean }
      training: { Args: { slug: string }; Returns: Json }
      training_feed: { Args: Record<PropertyKey, never>; Returns: Json }
      trainings: { Args: Record<PropertyKey, never>; Returns: Json }
      unconfirmed_by_token: { Args: { token: string }; Returns: Json }
      verify_certificate: { Args: { number: string }; Returns: Json }
      whoami: { Args: Record<PropertyKey, never>; Returns: Json }
      withdraw_invitation: { Args: { invitation: string }; Returns: Json }
      worker_matches: {
        Args: { program: string; worker: string }
        Returns: Json
      }
    }
    Enums: {
      cohort_kind: "open_sign_up" | "application"
      cohort_state:
        | "draft"
        | "announced"
        | "open"
        | "closed"
        | "running"
        | "finished"
        | "cancelled"
      enrolment_actor: "person" | "coordinator" | "system"
      enrolment_state:
        | "applied"
        | "waitlisted"
        | "offered"
        | "enrolled"
        | "declined"
        | "expired"
        | "withdrawn"
        | "completed"
        | "not_completed"
      membership_role:
        | "admin"
        | "coordinator"
        | "supervisor"
        | "worker"
        | "editor"
      question_kind: "short" | "long" | "choice" | "consent"
      referral_actor: "referrer" | "coordinator" | "worker" | "system"
      referral_state:
        | "submitted"
        | "triage"
        | "info_needed"
        | "waitlisted"
        | "match_proposed"
        | "matched"
        | "active"
        | "paused"
        | "ending"
        | "completed"
        | "ended_early"
        | "declined"
        | "redirected"
        | "withdrawn"
        | "entered_in_error"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] &
        DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] &
        DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {
      cohort_kind: ["open_sign_up", "application"],
      cohort_state: [
        "draft",
        "announced",
        "open",
        "closed",
        "running",
        "finished",
        "cancelled",
      ],
      enrolment_actor: ["person", "coordinator", "system"],
      enrolment_state: [
        "applied",
        "waitlisted",
        "offered",
        "enrolled",
        "declined",
        "expired",
        "withdrawn",
        "completed",
        "not_completed",
      ],
      membership_role: [
        "admin",
        "coordinator",
        "supervisor",
        "worker",
        "editor",
      ],
      question_kind: ["short", "long", "choice", "consent"],
      referral_actor: ["referrer", "coordinator", "worker", "system"],
      referral_state: [
        "submitted",
        "triage",
        "info_needed",
        "waitlisted",
        "match_proposed",
        "matched",
        "active",
        "paused",
        "ending",
        "completed",
        "ended_early",
        "declined",
        "redirected",
        "withdrawn",
        "entered_in_error",
      ],
    },
  },
} as const
