// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TokenAllowance} from "./interfaces/IQBitFlowSubscriptions.sol";
import {SubscriberToken} from "./SubscriberToken.sol";
import {TokenPermit} from "./TokenPermit.sol";

/// @notice Permits for this contract as spender, submitted if they can be: see TokenAllowance.
library SubscriberPermit {
    using TokenPermit for address;

    uint256 private constant NONE = 0;
    uint256 private constant EIP2612 = 1;
    uint256 private constant DAI = 2;
    uint256 private constant PERMIT2 = 3;

    function submit(TokenAllowance calldata allowance, address token, address owner) internal {
        uint256 kind = allowance.kind;
        if (kind == NONE) return;
        bytes calldata signature = allowance.signature;
        if (kind == PERMIT2) return _permit2(allowance, token, owner);
        if (signature.length != 65) return;
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        uint8 v = uint8(signature[64]);
        if (kind == EIP2612) token.permit(owner, allowance.value, allowance.deadline, v, r, s);
        else if (kind == DAI) token.permitDai(owner, allowance.nonce, allowance.deadline, v, r, s);
    }

    function _permit2(TokenAllowance calldata allowance, address token, address owner) private {
        // permit(address owner, PermitSingle, bytes signature): static structs are encoded as their members in a row. A
        // number too large for its type makes it revert.
        bytes memory data = abi.encodeWithSelector(
            0x2b67b570,
            owner,
            token,
            allowance.value,
            allowance.expiration,
            allowance.nonce,
            address(this),
            allowance.deadline,
            allowance.signature
        );
        address permit2 = SubscriberToken.PERMIT2;
        assembly ("memory-safe") {
            pop(call(gas(), permit2, 0, add(data, 0x20), mload(data), 0, 0))
        }
    }
}
