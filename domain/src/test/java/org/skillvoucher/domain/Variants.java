package org.skillvoucher.domain;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records of a sealed family, so that a table of cases can be held against all of them. */
public final class Variants {
  private Variants() {}

  public static Set<Class<?>> of(Class<?> family) {
    return leaves(family).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Every pair of two families' records, by name. */
  public static Set<String> pairs(Class<?> left, Class<?> right) {
    return of(left).stream()
        .flatMap(one -> of(right).stream().map(other -> pair(one, other)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  public static String pair(Class<?> left, Class<?> right) {
    return left.getSimpleName() + " × " + right.getSimpleName();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Variants::leaves)
        : Stream.of(type);
  }
}
