// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TokenAllowance} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Deployed, ITestToken} from "./Deployed.sol";
import {Signature, Signing} from "./Signing.sol";

/// @notice Permit2's allowances, as far as our tests need them.
interface IPermit2Allowance {
    struct PermitDetails {
        address token;
        uint160 amount;
        uint48 expiration;
        uint48 nonce;
    }

    struct PermitSingle {
        PermitDetails details;
        address spender;
        uint256 sigDeadline;
    }

    function approve(address token, address spender, uint160 amount, uint48 expiration) external;
    function permit(address owner, PermitSingle memory permitSingle, bytes calldata signature) external;
    function allowance(address owner, address token, address spender)
        external
        view
        returns (uint160 amount, uint48 expiration, uint48 nonce);
}

/// @notice Signed permits as they ride with an activation.
library Permits {
    function none() internal pure returns (TokenAllowance memory allowance) {}

    function eip2612(ITestToken token, uint256 key, address spender, uint256 value, uint256 deadline)
        internal
        view
        returns (TokenAllowance memory allowance)
    {
        allowance.kind = 1;
        allowance.value = value;
        allowance.deadline = deadline;
        allowance.signature = Signing.packed(Signing.permit(token, key, spender, value, deadline));
    }

    function dai(ITestToken token, uint256 key, address holder, address spender, uint256 expiry)
        internal
        view
        returns (TokenAllowance memory allowance)
    {
        allowance.kind = 2;
        allowance.deadline = expiry;
        allowance.nonce = token.nonces(holder);
        allowance.signature = Signing.packed(Signing.daiPermit(token, key, spender, expiry));
    }

    function permit2(address token, uint256 key, address spender, uint256 value, uint256 deadline)
        internal
        view
        returns (TokenAllowance memory allowance)
    {
        allowance.kind = 3;
        allowance.value = value;
        allowance.deadline = deadline;
        allowance.expiration = deadline + 365 days;
        bytes32 details = keccak256(
            abi.encode(
                keccak256("PermitDetails(address token,uint160 amount,uint48 expiration,uint48 nonce)"),
                token,
                value,
                allowance.expiration,
                allowance.nonce
            )
        );
        bytes32 typeHash = keccak256(
            "PermitSingle(PermitDetails details,address spender,uint256 sigDeadline)PermitDetails(address token,uint160 amount,uint48 expiration,uint48 nonce)"
        );
        bytes32 structHash = keccak256(abi.encode(typeHash, details, spender, deadline));
        Signature memory signature = Signing.typed(key, ITestToken(Deployed.PERMIT2).DOMAIN_SEPARATOR(), structHash);
        allowance.signature = Signing.packed(signature);
    }

    /// @notice What somebody does who saw a Permit2 permit on its way.
    function submitPermit2(TokenAllowance memory allowance, address token, address owner, address spender) internal {
        IPermit2Allowance.PermitDetails memory details = IPermit2Allowance.PermitDetails(
            token, uint160(allowance.value), uint48(allowance.expiration), uint48(allowance.nonce)
        );
        IPermit2Allowance(Deployed.PERMIT2)
            .permit(owner, IPermit2Allowance.PermitSingle(details, spender, allowance.deadline), allowance.signature);
    }

    function parts(TokenAllowance memory allowance) internal pure returns (uint8 v, bytes32 r, bytes32 s) {
        (r, s) = abi.decode(allowance.signature, (bytes32, bytes32));
        v = uint8(allowance.signature[64]);
    }
}
