// The short codes people and apps use most; an unknown one stays as it was typed.

const TABLE = `
smile 😄|grinning 😀|smiley 😃|grin 😁|laughing 😆|sweat_smile 😅|joy 😂|slightly_smiling_face 🙂|upside_down_face 🙃|wink 😉
blush 😊|innocent 😇|heart_eyes 😍|yum 😋|sunglasses 😎|thinking_face 🤔|neutral_face 😐|relieved 😌|pensive 😔|sleeping 😴
cry 😢|sob 😭|confused 😕|open_mouth 😮|hushed 😯|flushed 😳|fearful 😨|hugging_face 🤗|nerd_face 🤓|partying_face 🥳
wave 👋|raised_hands 🙌|clap 👏|pray 🙏|thumbsup 👍|+1 👍|thumbsdown 👎|-1 👎|ok_hand 👌|muscle 💪|handshake 🤝
point_up ☝️|point_right 👉|point_left 👈|point_down 👇|eyes 👀|brain 🧠|speech_balloon 💬|thought_balloon 💭|busts_in_silhouette 👥|bust_in_silhouette 👤
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|sparkles ✨|star ⭐|star2 🌟|fire 🔥
tada 🎉|confetti_ball 🎊|gift 🎁|balloon 🎈|trophy 🏆|medal 🏅|dart 🎯|rocket 🚀|bulb 💡|zap ⚡
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|warning ⚠️|no_entry ⛔|exclamation ❗|question ❓|bangbang ‼️|information_source ℹ️
calendar 📆|date 📅|spiral_calendar_pad 🗓️|clock1 🕐|clock9 🕘|alarm_clock ⏰|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|timer_clock ⏲️
memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|books 📚|book 📖|bookmark 🔖|link 🔗|paperclip 📎|pushpin 📌
email 📧|envelope ✉️|inbox_tray 📥|outbox_tray 📤|package 📦|telephone_receiver 📞|phone ☎️|iphone 📱|computer 💻|video_camera 📹
lock 🔒|unlock 🔓|key 🔑|mag 🔍|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|round_pushpin 📍|house 🏠
coffee ☕|tea 🍵|cake 🍰|pizza 🍕|hamburger 🍔|ramen 🍜|stew 🍲|green_salad 🥗|sandwich 🥪|spoon 🥄|walking 🚶|runner 🏃|seedling 🌱|herb 🌿|evergreen_tree 🌲|sunflower 🌻|rainbow 🌈
sunny ☀️|cloud ☁️|umbrella ☔|snowflake ❄️|crescent_moon 🌙|earth_africa 🌍|palm_tree 🌴|airplane ✈️|car 🚗|bike 🚲
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrows_counterclockwise 🔄
large_green_circle 🟢|large_yellow_circle 🟡|red_circle 🔴|white_circle ⚪|black_circle ⚫|chart_with_upwards_trend 📈|bar_chart 📊|izakaya_lantern 🏮|lantern 🏮|candle 🕯️
`;

export const EMOJI = new Map(
  TABLE.trim().split(/[|\n]/).map((pair) => {
    const at = pair.lastIndexOf(" ");
    return [pair.slice(0, at), pair.slice(at + 1)];
  }),
);

/** A text with its short codes turned into signs. */
export const emojify = (text) =>
  text.replace(/:([a-z0-9_+-]+):(?::skin-tone-\d:)?/g, (code, name) => EMOJI.get(name) || code);
