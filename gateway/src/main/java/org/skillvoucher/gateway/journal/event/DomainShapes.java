package org.skillvoucher.gateway.journal.event;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.VisibilityChecker;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives Jackson by rule what annotations would declare in the domain, which does not depend on
 * Jackson:
 *
 * <ul>
 *   <li>a record whose only component is a string called {@code value} is that string, also as a
 *       key of a map;
 *   <li>a member of a sealed interface carries a {@code type}: its class's name in snake case;
 *   <li>an enum's constant is written in lower case;
 *   <li>every component of a record must be there, unless it is an {@link Optional}.
 * </ul>
 */
final class DomainShapes extends NopAnnotationIntrospector {
  private static final String OURS = "org.skillvoucher.";

  /** The records behind a sealed interface, however deep they are nested. */
  static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(DomainShapes::leaves)
        : Stream.of(type);
  }

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass type, JavaType base) {
    var byName =
        JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, null);
    return isSealed(type) ? new StdTypeResolverBuilder().init(byName, null) : null;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    return isSealed(annotated)
        ? leaves(annotated.getRawType())
            .map(leaf -> new NamedType(leaf, snakeCase(leaf.getSimpleName())))
            .toList()
        : null;
  }

  @Override
  public @Nullable Boolean hasAsValue(Annotated annotated) {
    boolean value =
        annotated instanceof AnnotatedMethod method
            && method.getName().equals("value")
            && method.getParameterCount() == 0
            && isValue(method.getDeclaringClass());
    return value ? Boolean.TRUE : null;
  }

  @Override
  public JsonCreator.@Nullable Mode findCreatorAnnotation(
      MapperConfig<?> config, Annotated annotated) {
    boolean value =
        annotated instanceof AnnotatedConstructor constructor
            && isValue(constructor.getDeclaringClass());
    return value ? JsonCreator.Mode.DELEGATING : null;
  }

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    boolean component =
        member instanceof AnnotatedParameter parameter
            && parameter.getDeclaringClass().isRecord()
            && isOurs(parameter.getDeclaringClass());
    return component ? !member.getRawType().equals(Optional.class) : null;
  }

  /** A record's {@code isSomething()} methods are no components. */
  @Override
  public VisibilityChecker<?> findAutoDetectVisibility(
      AnnotatedClass type, VisibilityChecker<?> checker) {
    return isOurs(type.getRawType())
        ? checker.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE)
        : checker;
  }

  @Override
  public String[] findEnumValues(
      MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
    if (isOurs(type.getRawType())) {
      for (int i = 0; i < constants.length; i++) {
        names[i] = constants[i].name().toLowerCase(Locale.ROOT);
      }
    }
    return names;
  }

  private static boolean isSealed(Annotated annotated) {
    return annotated instanceof AnnotatedClass type
        && type.getRawType().isSealed()
        && isOurs(type.getRawType());
  }

  private static boolean isValue(Class<?> type) {
    if (!type.isRecord() || !isOurs(type)) {
      return false;
    }
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1
        && components[0].getName().equals("value")
        && components[0].getType().equals(String.class);
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith(OURS);
  }

  private static String snakeCase(String name) {
    return name.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
