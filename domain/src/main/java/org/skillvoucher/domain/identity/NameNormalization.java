package org.skillvoucher.domain.identity;

/** Normalizes names (姓名) as files of different programs and years write one and the same. */
final class NameNormalization {
  /** The middle dot of 阿卜杜拉·买买提. */
  private static final int MIDDLE_DOT = 0x00B7;

  /**
   * Other characters typed as that dot. The last of them is written by input methods in full width.
   */
  private static final String DOTS = "\u2022\u2027\u30FB\uFF65\u2219\u22C5\u2024\u0387\u318D\uFF0E";

  /**
   * The 80 characters that GBK put into the private use area, from U+E815 on, in their code points
   * since GB 18030-2022 (table in the standard's annex; the same as the bytes FE50 to FEA0).
   */
  private static final int[] OF_GBK =
      ("⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾"
              + "䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻")
          .codePoints()
          .toArray();

  private static final int OF_GBK_FROM = 0xE815;

  /** ḿ and ǹ of pinyin, which GBK had in the private use area too. */
  private static final int M_ACUTE_OF_GBK = 0xE7C7;

  private static final int N_GRAVE_OF_GBK = 0xE7C8;

  private NameNormalization() {}

  /**
   * Without surrounding space and without invisible characters, the dots alike, characters of the
   * private use area where the standard has given them another place since, Latin in half width,
   * and without the space that only aligns a Chinese name (张　三).
   */
  static String normalised(String text) {
    int[] points =
        InputNormalization.trimmed(text)
            .codePoints()
            .filter(point -> !isRemoved(point))
            .map(NameNormalization::today)
            .dropWhile(InputNormalization::isSpace)
            .toArray();
    StringBuilder name = new StringBuilder(points.length);
    for (int i = 0; i < points.length; i++) {
      if (points[i] == '.' && isBetweenIdeographs(points, i)) {
        name.appendCodePoint(MIDDLE_DOT);
      } else if (!InputNormalization.isSpace(points[i]) || isControl(points[i])) {
        name.appendCodePoint(points[i]);
      } else if (!InputNormalization.isSpace(points[i - 1]) && !isBetweenIdeographs(points, i)) {
        name.append(' ');
      }
    }
    return InputNormalization.trimmed(name.toString());
  }

  private static boolean isControl(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  /** Whether a dot, or the whole run of spaces around this one, is between two ideographs. */
  private static boolean isBetweenIdeographs(int[] points, int place) {
    int from = place - 1;
    int to = place + 1;
    while (from >= 0 && InputNormalization.isSpace(points[from])) {
      from--;
    }
    while (to < points.length && InputNormalization.isSpace(points[to])) {
      to++;
    }
    return from >= 0
        && to < points.length
        && Character.isIdeographic(points[from])
        && Character.isIdeographic(points[to]);
  }

  /** Zero-width characters and selectors of a glyph; marks of direction stay, to be refused. */
  private static boolean isRemoved(int point) {
    return (point >= 0x200B && point <= 0x200D)
        || (point >= 0x2060 && point <= 0x2064)
        || point == 0xFEFF
        || point == 0x00AD
        || point == 0x034F
        || (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0xE0100 && point <= 0xE01EF);
  }

  private static int today(int point) {
    if (DOTS.indexOf(point) >= 0) {
      return MIDDLE_DOT;
    }
    if (point >= OF_GBK_FROM && point < OF_GBK_FROM + OF_GBK.length) {
      return OF_GBK[point - OF_GBK_FROM];
    }
    return switch (point) {
      case M_ACUTE_OF_GBK -> 'ḿ';
      case N_GRAVE_OF_GBK -> 'ǹ';
      default -> InputNormalization.halfWidth(point);
    };
  }
}
