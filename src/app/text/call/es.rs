//! Spanish.

use super::{AdviceWords, CallWords, DevicesWords, FireWords, StatusWords, Told};

const OFF: &str = "Su cámara y su micrófono están apagados.";

/// The sentences of a call in Spanish.
pub static SPANISH: CallWords = CallWords {
    join: "Entrar en la sala",
    leave: "Salir de la sala",
    sound_only: "Entrar solo con sonido",
    watch: "Entrar sin cámara ni micrófono",
    turn_on_sound: "Activar el sonido",
    microphone: ["Silenciar el micrófono", "Activar el micrófono", "Encender el micrófono"],
    camera: ["Parar la cámara", "Activar la cámara", "Encender la cámara"],
    in_the_room: "En la sala",
    you: "Usted",
    your_picture: "Su imagen",
    picture: "imagen",
    patient: "Paciente",
    provider: "Profesional",
    guest: "Acompañante",
    muted: "en silencio",
    reconnects: "Recuperando la conexión…",
    fire: FireWords {
        picture: "Una fogata",
        crackle: "Activar el sonido de la fogata",
        silence: "Apagar el sonido de la fogata",
    },
    status: StatusWords {
        ready: "Cuando esté listo, pulse Entrar en la sala.",
        asking: "Permita la cámara y el micrófono cuando el navegador los pida.",
        connecting: "Conectando…",
        reconnecting: "Se ha cortado su conexión. Quédese aquí: la estamos recuperando.",
        rejoining: "Se ha perdido la conexión. Le llevamos de vuelta. No tiene que pulsar nada.",
        left: "Ha salido de la sala. Su cámara y su micrófono están apagados.",
        sound_blocked: "El navegador no deja oír el sonido. Pulse Activar el sonido.",
        waiting: "Está en la sala de espera.",
        provider_left: "Su profesional ha salido de la sala. Si su visita ha terminado, pulse Salir de la sala. Si no, quédese aquí.",
        provider_interrupted: "Se ha cortado la conexión de su profesional. Quédese aquí: debería volver.",
        provider_here: "Su profesional está aquí.",
        patient_left: "Su paciente ha salido de la sala.",
        no_patient: "Está en la sala. Todavía no ha llegado ningún paciente.",
        patient_interrupted: "Se ha cortado la conexión de su paciente. Quédese aquí: debería volver.",
        patient_here: "Su paciente está aquí.",
        more_patients: "Hay más de un paciente aquí. Compruebe con quién habla.",
    },
    advice: AdviceWords {
        help: "Si nada funciona, llame a la clínica.",
        help_provider: "Si nada funciona, llame al servicio de informática, y a su paciente por teléfono.",
        denied: Told {
            title: "La cámara o el micrófono no están permitidos",
            what: "Su navegador o su dispositivo ha dicho que no, así que no podemos verle ni oírle.",
            steps: &[
                "Pulse la cámara o el candado junto a la dirección de esta página y permita la cámara y el micrófono.",
                "En un teléfono, mire también en los ajustes: puede que el navegador no tenga permiso para usarlos.",
                "Después vuelva a pulsar Entrar en la sala.",
            ],
        },
        no_device: Told {
            title: "No encontramos ninguna cámara ni micrófono",
            what: "Puede entrar de todos modos: solo con sonido, o solo para ver y oír.",
            steps: &["Si tiene uno que se enchufa, enchúfelo y vuelva a pulsar Entrar en la sala."],
        },
        in_use: Told {
            title: "La cámara o el micrófono están ocupados",
            what: "Puede que otro programa los esté usando.",
            steps: &[
                "Cierre otras videollamadas y programas de cámara.",
                "Después vuelva a pulsar Entrar en la sala.",
            ],
        },
        insecure: Told {
            title: "Esta dirección no es segura",
            what: "Los navegadores dan la cámara y el micrófono solo a direcciones que empiezan por https. Desde aquí solo puede ver y \
                   oír.",
            steps: &["Abra la misma dirección con https delante.", "Si no funciona, dígaselo a la clínica."],
        },
        not_loaded: Told {
            title: "No se ha cargado la parte de vídeo de esta página",
            what: OFF,
            steps: &[
                "Compruebe su conexión a internet.",
                "Vuelva a cargar esta página y pulse Entrar en la sala.",
            ],
        },
        token: Told {
            title: "La sala no le ha dejado entrar",
            what: OFF,
            steps: &["Vuelva a pulsar Entrar en la sala.", "Si no funciona, vuelva a cargar esta página."],
        },
        unreachable: Told {
            title: "No llegamos a la sala",
            what: OFF,
            steps: &["Compruebe su conexión a internet.", "Vuelva a pulsar Entrar en la sala."],
        },
        no_room: Told {
            title: "Ahora mismo no se puede abrir la sala",
            what: "El servicio de vídeo está ahí, pero no tiene sala para esta visita. Su cámara y su micrófono están apagados.",
            steps: &[
                "Espere un minuto y vuelva a pulsar Entrar en la sala.",
                "Si no funciona, vuelva a cargar esta página.",
            ],
        },
        unsupported: Told {
            title: "Este navegador no puede hacer videollamadas",
            what: "Es demasiado antiguo, o es el pequeño navegador dentro de otra aplicación.",
            steps: &[
                "Abra esta página en Chrome, Firefox, Edge o Safari. En un iPhone o iPad, use Safari.",
                "Si ha llegado desde un mensaje u otra aplicación, copie la dirección de esta página y ábrala allí.",
                "Si ya usa uno de ellos, actualícelo.",
            ],
        },
        put_out: Told {
            title: "Ha entrado desde otro sitio",
            what: "Esta visita está abierta ahora en otra pestaña o en otro dispositivo. Aquí, la cámara y el micrófono están apagados.",
            steps: &["Siga allí, o pulse Entrar en la sala para volver aquí."],
        },
        full: Told {
            title: "La sala está llena",
            what: OFF,
            steps: &["Espere un momento y vuelva a pulsar Entrar en la sala."],
        },
        completed: Told {
            title: "La visita ha terminado",
            what: OFF,
            steps: &["Si ha terminado demasiado pronto, pulse Entrar en la sala o llame a la clínica."],
        },
        time_is_up: Told {
            title: "Se ha acabado el tiempo de esta visita",
            what: "Una visita tiene una duración máxima, y esta la ha alcanzado. Su cámara y su micrófono están apagados.",
            steps: &["Si necesita más tiempo, pulse Entrar en la sala para seguir."],
        },
        media_stuck: Told {
            title: "La imagen y el sonido no llegan",
            what: "Está en la sala, pero parece que esta red o la del otro lado no deja pasar el vídeo.",
            steps: &[
                "Pruebe otra red: datos móviles en lugar de Wi-Fi, o al revés.",
                "Apague la VPN si usa una.",
            ],
        },
    },
    devices: DevicesWords {
        both: [
            "Su cámara y su micrófono se han parado",
            "Ahora nadie puede verle ni oírle, pero sigue en la sala.",
        ],
        camera: ["Su cámara se ha parado", "Ahora nadie puede verle, pero sigue en la sala."],
        microphone: ["Su micrófono se ha parado", "Ahora nadie puede oírle, pero sigue en la sala."],
        silent: [
            "Puede que lo use una llamada u otro programa: termínelo. Después debería volver solo.",
            "Si no vuelve, enciéndalo con el botón de abajo.",
        ],
        denied: [
            "Su navegador o su dispositivo no lo permite. Pulse la cámara o el candado junto a la dirección de esta página y \
             permítalo.",
            "Después enciéndalo con el botón de abajo.",
        ],
        missing: [
            "Seguimos sin encontrarlo. Vuelva a enchufarlo, o enchufe otro.",
            "Después enciéndalo con el botón de abajo.",
        ],
        refused: [
            "No se ha podido encender. Puede que lo use otro programa: cierre otras videollamadas y programas de cámara.",
            "Después enciéndalo con el botón de abajo.",
        ],
        ended: [
            "Si se ha desenchufado, vuelva a enchufarlo. Si lo usa una llamada u otro programa, termínelo.",
            "Después enciéndalo con el botón de abajo.",
        ],
    },
};
