//! `tasks`: the plan and where it stands; the one table that every project needs.

mod vocabulary;

use super::ColumnKind::{Choice, Duration, Finish, Flag, Hours, List, Money, Number, Share, Start, Text};
use super::{ColumnSpec, TableSpec};
use vocabulary::{CONFIDENCE, CONSTRAINT, KIND, STATUS};

/// The table.
pub(super) const TABLE: TableSpec = TableSpec {
    name: "tasks",
    aliases: &[
        "task", "activities", "activity", "wbs", "plan", "schedule", "work items", "backlog",
        "project plan", "vorgänge", "aufgaben", "tâches", "tareas", "attività", "tarefas", "aktiviteter",
    ],
    about: "A task, milestone or summary of the plan: its baseline, its current dates and where it stands.",
    facts: false,
    example: &[
        "T-010", "Set up the test environment", "Atlas", "1.2", "", "task", "Build", "CA-1", "Maria Silva",
        "in progress", "2026-03-02", "2026-03-13", "10d", "80h", "9600", "400", "start", "2026-03-04",
        "2026-03-18", "11d", "5d", "2026-03-04", "", "55%", "50%", "percent_complete", "88h", "46h", "42h",
        "5400", "5000", "", "snet", "2026-03-02", "2026-03-31", "Default",
        "Maria Silva; Jonas Berg", "8d", "10d", "15d", "medium", "2", "", "yes",
    ],
    columns: &[
        ColumnSpec::new("id", Text, "What the other tables name the task by; unique in its project.").required().aliases(&[
            "Issue key", "Activity ID", "task_code", "task_id", "Task number", "Task no", "Task nr",
            "Work item id", "Item id", "Key", "#", "Nr", "No", "Number", "Vorgang-Nr", "Vorgangsnummer", "N°",
            "Activity code", "WP", "Work package id", "编号", "标识号",
        ]),
        ColumnSpec::new("name", Text, "What the task is called.").required().aliases(&[
            "Task name", "Activity name", "Summary", "Subject", "Title", "Task", "Activity", "Task title",
            "Work package", "Title 1|Title 2|Title 3|Title 4|Title 5|Title 6", "Vorgangsname", "Vorgang", "Aufgabe", "Thema", "Sujet", "Nom", "Nom de la tâche", "Nombre",
            "Nombre de tarea", "Nome", "Nome attività", "Nome da tarefa", "Namn", "Aktivitetsnamn", "Название",
            "Название задачи", "名称", "任务名称",
        ]),
        ColumnSpec::new("project", Text, "The project it belongs to; without the column, the folder's or file's.").aliases(&[
            "project_id", "Project key", "Project code", "proj_id", "Project no", "Project number", "Project name",
            "Projects", "Projekt", "Projet", "Proyecto", "Progetto", "Projeto", "Проект", "项目",
        ]),
        ColumnSpec::new("wbs", Text, "Its place in the work breakdown structure: `1.2.3`.").aliases(&[
            "WBS code", "wbs_id", "WBS element", "Outline number", "PSP", "PSP-Code", "PSP-Element", "Gliederungsnummer",
            "WBS path", "EDT", "СДР",
        ]),
        ColumnSpec::new("parent", Text, "Id of the summary above it.").aliases(&[
            "parent_id", "Parent task", "Parent key", "Parent issue", "Custom field (Epic Link)", "Epic link",
            "Epic", "Summary task", "Übergeordnete Aufgabe", "Übergeordnetes Ticket", "Tâche parente",
        ]),
        ColumnSpec::new("kind", Choice(&["task", "milestone", "summary", "level_of_effort"]),
            "A task to do, a milestone, a summary over others, or level of effort.").words(KIND).aliases(&[
            "Issue type", "Work item type", "Tracker", "Activity type", "Task type",
            "Item type", "Vorgangsart",
        ]),
        ColumnSpec::new("phase", Text, "The phase it belongs to.").aliases(&[
            "Stage", "Project phase", "Section/Column", "Section", "Iteration path", "Target version", "Zielversion", "Version cible", "Fix versions", "Sprint", "Teilprojekt",
        ]),
        ColumnSpec::new("control_account", Text, "The control account it belongs to.").aliases(&[
            "CA", "Control account code", "Cost account", "Account", "Kontrollkonto", "Kostenstelle",
        ]),
        ColumnSpec::new("owner", Text, "Who answers for it.").aliases(&[
            "Assignee", "Assigned to", "Responsible", "Task owner", "Person responsible", "Lead", "Verantwortlich",
            "Verantwortlicher", "Zugewiesen an", "Assigné à", "Responsable", "Responsabile", "Responsável", "Ansvarig",
            "Исполнитель", "负责人",
        ]),
        ColumnSpec::new("status", Choice(&["to do", "in progress", "done", "cancelled"]),
            "Where it stands: `to do`, `in progress`, `done` or `cancelled`.").words(STATUS).aliases(&[
            "State", "Task status", "Activity status", "status_code", "Status category", "Workflow status",
            "Zustand", "Statut", "Estado", "Stato", "Статус", "状态",
        ]),
        ColumnSpec::new("baseline_start", Start, "Start of the baseline.").aliases(&[
            "Baseline start date", "BL1 start", "BL start", "BL project start", "Planned start", "Planned start date",
            "Plan start", "Baseline1 start", "Geplanter Anfang", "Basisplan-Anfang", "Geplanter Start",
            "Début planifié", "Début de référence", "Línea de base de comienzo", "Comienzo de línea base",
            "Inizio pianificato", "Inizio previsto", "Inicio linha de base", "Início da linha de base", "Originalstart",
            "Запланированное начало", "Запалнированное начало", "Базовое начало", "比较基准开始时间",
        ]),
        ColumnSpec::new("baseline_finish", Finish, "Finish of the baseline.").aliases(&[
            "Baseline end", "Baseline finish date", "Baseline end date", "BL1 finish", "BL finish", "BL project finish",
            "Planned finish", "Planned end", "Planned finish date", "Planned end date", "Plan finish", "Plan end",
            "Baseline1 finish", "Geplantes Ende", "Basisplan-Ende", "Fin planifiée", "Fin de référence",
            "Línea de base de fin", "Fin de línea base", "Fine pianificata", "Fine prevista", "Fim linha de base",
            "Término da linha de base", "Originalslut", "Запланированное окончание", "Запалнированное окончание",
            "Базовое окончание", "比较基准完成时间",
        ]),
        ColumnSpec::new("baseline_duration", Duration, "Working time of the baseline; a bare number is days.").aliases(&[
            "BL1 duration", "BL duration", "Planned duration", "Plan duration", "Geplante Dauer", "Basisplan-Dauer",
            "Durée planifiée", "Baseline duration days=d", "Baseline duration hours=h",
        ]),
        ColumnSpec::new("baseline_work", Hours, "Effort of the baseline in hours.").aliases(&[
            "Baseline hours", "Planned work", "Planned hours", "Planned effort", "Estimated hours", "Estimate hours",
            "HoursEstimate", "Budgeted hours", "Original estimate=s?", "Estimated time",
            "Estimate", "Effort estimate", "Budgeted labor units", "target_work_qty", "Geplante Arbeit", "Aufwand geplant",
            "Planaufwand", "Geschätzter Aufwand", "Travail normal", "Travail planifié", "Temps estimé", "Línea de base de trabajo",
            "Lavoro normale", "Linha base de trabalho", "Originalarbete", "Запланировано работ", "比较基准工时",
        ]),
        ColumnSpec::new("baseline_cost", Money, "The task's budget at completion (BAC), its fixed cost included.").aliases(&[
            "Budget", "BAC", "Budget at completion", "budget_cost", "Budgeted cost", "Planned cost", "Plan cost",
            "Budgeted total cost", "BL1 total cost", "BL project total cost", "Total cost", "Task budget", "Geplante Kosten",
            "Basisplan-Kosten", "Plankosten", "Coût planifié", "Coût de référence", "Línea de base de costo",
            "Costo pianificato", "Linha de base de custo", "Originalkostnad", "Запланированная стоимость", "比较基准成本",
        ]),
        ColumnSpec::new("fixed_cost", Money, "The part of the baseline cost that does not grow with time.").aliases(&[
            "Fixed costs", "Feste Kosten", "Fixkosten", "Coût fixe", "Costo fijo", "Costo fisso",
        ]),
        ColumnSpec::new("fixed_cost_accrual", Choice(&["start", "prorated", "end"]), "When the fixed cost falls due.")
            .words(&[
                ("start", &["anfang", "beginning", "début"]),
                ("prorated", &["pro rata", "anteilig", "even", "linear", "proportion"]),
                ("end", &["finish", "ende", "fin"]),
            ])
            .aliases(&["Fixed cost accruals", "Accrual", "Accrue at", "Fälligkeit fester Kosten"]),
        ColumnSpec::new("start", Start, "Start of the current plan.").aliases(&[
            "Start date", "Begin", "Early start", "Current start", "Forecast start", "Scheduled start",
            "Custom field (Start date)", "Anfang", "Startdatum", "Beginn", "Début", "Date de début", "Comienzo",
            "Fecha de inicio", "Inizio", "Inicio", "Начало", "开始时间", "target_start_date", "early_start_date",
        ]),
        ColumnSpec::new("finish", Finish, "Finish of the current plan.").aliases(&[
            "End", "Finish date", "End date", "Due date", "Due", "Target date", "Early finish", "Current finish",
            "Forecast finish", "Scheduled finish", "Ende", "Enddatum", "Fälligkeitsdatum", "Abgabedatum", "Fin",
            "Date de fin", "Échéance", "Fine", "Fim", "Término", "Slut", "Окончание", "完成时间", "target_end_date",
            "early_end_date",
        ]),
        ColumnSpec::new("duration", Duration, "Working time of the current plan; a bare number is days.").aliases(&[
            "Duration days=d", "Days=d", "Duration hours=h", "Original duration", "At completion duration",
            "target_drtn_hr_cnt=h", "Dauer", "Durée", "Duración", "Durata", "Duração", "Varaktighet", "Длительность", "工期",
        ]),
        ColumnSpec::new("remaining_duration", Duration, "Working time left.").aliases(&[
            "Rem duration", "Remaining days=d", "remain_drtn_hr_cnt=h", "Verbleibende Dauer", "Restdauer",
            "Durée restante", "Duración restante", "Durata rimanente", "Återstående varaktighet",
        ]),
        ColumnSpec::new("actual_start", Start, "When it began.").aliases(&[
            "act_start_date", "Actual start date", "Started", "Started on", "Date started", "Aktueller Anfang",
            "Tatsächlicher Anfang", "Ist-Anfang", "Ist-Start", "Début réel", "Comienzo real", "Inizio reale", "Inicio real", "Verklig start", "Реальное начало", "Фактическое начало", "实际开始时间",
        ]),
        ColumnSpec::new("actual_finish", Finish, "When it ended.").aliases(&[
            "act_end_date", "Actual end", "Actual finish date", "Actual end date", "Completed at", "Completed on", "Completed date", "Date completed", "Resolved", "Resolution date", "Closed", "Closed date",
            "Closed on", "Aktuelles Ende", "Tatsächliches Ende", "Ist-Ende", "Fin réelle", "Fin real", "Fine reale",
            "Fim real", "Término real", "Verkligt slut", "Реальное окончание", "Фактическое окончание", "实际完成时间",
        ]),
        ColumnSpec::new("percent_complete", Share, "Share of the task done: `45`, `45%` or `0.45`.").aliases(&[
            "Complete", "% done", "done_ratio", "Done", "Progress", "Completion", "Completion %", "Pct complete",
            "Activity % complete", "complete_pct", "% work complete", "Percent", "% Abgeschlossen", "Abgeschlossen", "% erledigt", "Fortschritt",
            "Fertigstellungsgrad", "% Achevé", "% réalisé", "Avancement", "% Completado", "Avance", "% Completa", "% Completamento",
            "% Completo", "% concluída", "% färdigt", "% завершено", "完成百分比",
        ]),
        ColumnSpec::new("physical_percent", Share, "Share of the work physically done.").aliases(&[
            "Physical % complete", "phys_complete_pct", "Physical complete", "Physikalisch % abgeschlossen",
        ]),
        ColumnSpec::new("earning_rule", Text,
            "How it earns: `0_100`, `100_0`, `50_50`, `xx_yy`, `percent_complete`, `physical_percent`, `milestones`, `units`, \
             `level_of_effort`, `apportioned` (`apportioned:ID` names the base task), `planning_package`.").aliases(&[
            "EV method", "Earned value method", "EV technique", "EVT", "Earning method", "Earned value technique", "PMT",
            "Performance measurement technique", "Ertragswertmethode", "Earning rules",
        ]),
        ColumnSpec::new("work", Hours, "Effort of the current plan in hours.").aliases(&[
            "Scheduled work", "Effort", "Total work", "Work hours", "Labor units", "At completion labor units", "Arbeit",
            "Aufwand", "Travail", "Trabajo", "Lavoro", "Trabalho", "Arbete", "Работа", "工时", "Трудозатраты",
        ]),
        ColumnSpec::new("actual_work", Hours, "Effort spent in hours, as the task table says.").aliases(&[
            "Actual hours", "HoursActual", "Hours spent", "Time spent=s?", "Spent time", "Completed work",
            "Actual effort", "Actual labor units", "act_work_qty", "Aktuelle Arbeit", "Ist-Aufwand", "Aufgewendete Zeit",
            "Travail réel", "Temps passé", "Trabajo real", "Lavoro reale", "Trabalho realizado", "Verkligt arbete", "Выполнено работ",
            "实际工时",
        ]),
        ColumnSpec::new("remaining_work", Hours, "Effort left in hours, as the task table says.").aliases(&[
            "Remaining hours", "Remaining effort", "Remaining estimate=s?", "Hours remaining",
            "Remaining labor units", "remain_work_qty", "ETC hours", "Verbleibende Arbeit", "Restaufwand", "Travail restant",
            "Trabajo restante", "Lavoro restante", "Trabalho restante", "Осталось работ", "剩余工时",
        ]),
        ColumnSpec::new("actual_cost", Money, "Cost to date; used only when no booking or posting joins the task.").aliases(&[
            "Actual total cost", "Cost to date", "Actual costs", "Spent", "Aktuelle Kosten", "Ist-Kosten",
            "Coût réel", "Costo real", "Costo reale", "Custo real", "Verklig kostnad", "Реальная стоимость", "实际成本",
        ]),
        ColumnSpec::new("remaining_cost", Money, "Cost left.").aliases(&[
            "Remaining total cost", "Cost to go", "Estimate to complete", "ETC", "Verbleibende Kosten", "Restkosten",
            "Coût restant", "Costo restante", "Custo restante",
        ]),
        ColumnSpec::new("predecessors", Text, "What it waits for: `2`, `2FS+3d`, `3SS+6h; 5FF-1d`; ids or WBS codes.").aliases(&[
            "Predecessor", "Pred", "Preds", "Depends on", "Dependencies", "Blocked by (Dependencies)", "Blocked by",
            "Inward issue link (Blocks)", "pred_list", "WBS predecessors", "Vorgänger", "Prédécesseurs", "Predecesoras",
            "Predecessori", "Predecessores", "Föregående aktiviteter", "Предшественники", "前置任务",
        ]),
        ColumnSpec::new("constraint",
            Choice(&["asap", "alap", "snet", "snlt", "fnet", "fnlt", "mso", "mfo"]),
            "Constraint on its dates.").words(CONSTRAINT).aliases(&[
            "Constraint type", "cstr_type", "Primary constraint", "Einschränkungsart", "Type de contrainte",
        ]),
        ColumnSpec::new("constraint_date", Start, "The date of the constraint.").aliases(&[
            "cstr_date", "Primary constraint date", "Einschränkungstermin", "Date de contrainte",
        ]),
        ColumnSpec::new("deadline", Finish, "A date it should not pass.").aliases(&[
            "Deadline date", "Must finish by", "Stichtag", "Date limite", "Fecha límite", "Scadenza",
        ]),
        ColumnSpec::new("calendar", Text, "Name of its work calendar; the project's when empty.").aliases(&[
            "Task calendar", "Calendar name", "clndr_id", "Kalender", "Calendrier", "Calendario",
        ]),
        ColumnSpec::new("resources", List, "The people or things assigned, separated by `;` or `,`.").aliases(&[
            "Resource names", "Resource", "Resource name", "Team", "Ressourcenamen", "Ressourcen", "Noms ressources",
            "Nombres de recursos", "Nomi risorse", "Nome dos recursos", "Resursnamn", "Имя ресурса", "Названия ресурсов",
            "资源名称",
        ]),
        ColumnSpec::new("optimistic", Duration, "Optimistic duration; a bare number is days.").aliases(&[
            "Optimistic duration", "opt", "opt_days=d", "opt_h=h", "Best case", "Minimum duration", "Min duration",
            "Duration1", "Optimistisch",
        ]),
        ColumnSpec::new("most_likely", Duration, "Most likely duration; the duration when empty.").aliases(&[
            "Most likely duration", "Likely", "likely_h=h", "ml_days=d", "Expected duration", "Realistic", "Duration2",
            "Wahrscheinlich",
        ]),
        ColumnSpec::new("pessimistic", Duration, "Pessimistic duration; a bare number is days.").aliases(&[
            "Pessimistic duration", "pess", "pess_days=d", "pess_h=h", "Worst case", "Maximum duration", "Max duration",
            "Duration3", "Pessimistisch",
        ]),
        ColumnSpec::new("confidence", Choice(&["high", "medium", "low"]),
            "How well the estimate is founded; sets the spread of a task without three points.").words(CONFIDENCE).aliases(&[
            "Estimate confidence", "Confidence level", "Estimate class", "Estimate quality", "Schätzgüte",
        ]),
        ColumnSpec::new("outline_level", Number,
            "Depth in the outline, 1 at the top; builds the tree when there is neither parent nor WBS code.").aliases(&[
            "Level", "Indent", "Indent level", "Gliederungsebene", "Niveau hiérarchique", "Nivel de esquema", "大纲级别",
        ]),
        ColumnSpec::new("other_id", Text,
            "A second id, by which the tool it comes from names parents; nothing else is found by it.").aliases(&[
            "Issue id", "Internal id",
        ]),
        ColumnSpec::new("active", Flag, "No for a task that its tool keeps in the plan and out of its figures.").aliases(&[
            "Aktiv", "Actif", "Activo", "Attivo", "Ativo",
        ]),
    ],
};
