package org.skillvoucher.gateway.entity;

/**
 * Marks what actors send each other, so that it may cross from node to node. The type that carries
 * the mark is named in the message, so it must be a class without open type parameters; what stands
 * inside may be any record or sealed interface of the domain.
 */
public interface WireMessage {}
