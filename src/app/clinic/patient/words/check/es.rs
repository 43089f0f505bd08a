//! Spanish.

use super::{CheckWords, DeviceWords, Fault};

pub(super) static WORDS: CheckWords = CheckWords {
    title: "Pruebe la cámara y el micrófono",
    intro: "Solo usted ve y oye esto. También puede saltárselo.",
    begin: "Probar cámara y micrófono",
    again: "Probar otra vez",
    asking: "Permita la cámara y el micrófono cuando el navegador se lo pida.",
    picture: "Su imagen",
    speak: "Diga algo: la barra se mueve cuando le oímos.",
    level: "Cómo de alto le oímos",
    sound: "Oír un sonido de prueba",
    sound_hint: "Si no oye nada, suba el volumen del dispositivo o de los auriculares.",
    try_again: "Intentar otra vez",
    after_all: "Usarlo de todos modos",
    turn_off: "Terminar la prueba",
    is_off: "La cámara y el micrófono están apagados hasta que llegue su profesional.",
    insecure: Fault {
        title: "Esta dirección no es segura",
        steps: &[
            "Los navegadores solo dan cámara y micrófono a direcciones que empiezan por https.",
            "Llame a la clínica: le enviarán el enlace correcto.",
        ],
    },
    unavailable: Fault {
        title: "Este navegador no nos da ni cámara ni micrófono",
        steps: &[
            "Abra su enlace en Chrome, Firefox, Edge o Safari. En un iPhone o iPad, use Safari.",
            "Si viene de un mensaje o de otra aplicación, abra el enlace desde allí en uno de ellos.",
        ],
    },
    camera: DeviceWords {
        name: "Cámara",
        works: "Su cámara funciona.",
        denied: Fault {
            title: "La cámara no está permitida",
            steps: &[
                "Pulse la cámara o el candado junto a la dirección de esta página y permita la cámara.",
                "En un teléfono, mire también en los ajustes: puede que el navegador no tenga permiso.",
                "Después pulse Intentar otra vez.",
            ],
        },
        missing: Fault {
            title: "No encontramos ninguna cámara",
            steps: &["Si tiene una que se enchufa, enchúfela.", "Después pulse Intentar otra vez."],
        },
        busy: Fault {
            title: "La cámara está ocupada",
            steps: &[
                "Cierre otras videollamadas y los programas que puedan usarla.",
                "Después pulse Intentar otra vez.",
            ],
        },
        go_without: "Continuar sin cámara",
        is_without: "Continúa sin cámara. No se la volveremos a pedir en esta visita.",
    },
    microphone: DeviceWords {
        name: "Micrófono",
        works: "Le oímos: su micrófono funciona.",
        denied: Fault {
            title: "El micrófono no está permitido",
            steps: &[
                "Pulse el micrófono o el candado junto a la dirección de esta página y permita el micrófono.",
                "En un teléfono, mire también en los ajustes: puede que el navegador no tenga permiso.",
                "Después pulse Intentar otra vez.",
            ],
        },
        missing: Fault {
            title: "No encontramos ningún micrófono",
            steps: &["Si tiene auriculares con micrófono, enchúfelos.", "Después pulse Intentar otra vez."],
        },
        busy: Fault {
            title: "El micrófono está ocupado",
            steps: &[
                "Termine las llamadas y cierre los programas que puedan usarlo.",
                "Después pulse Intentar otra vez.",
            ],
        },
        go_without: "Continuar sin micrófono",
        is_without: "Continúa sin micrófono. Su profesional puede llamar al número que usted dio.",
    },
};
